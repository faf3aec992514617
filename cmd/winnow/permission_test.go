//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// A file and a folder that may not be read or written are named, and the other
// files are done. The superuser may read all, so the command runs as nobody then.
func TestPermission(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	shut := filepath.Join(dir, "shut")
	program := filepath.Join(dir, "winnow")
	found, err := exec.LookPath("winnow")
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(found)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("The boat came in at noon, and it left again before it was dark.\n")
	for _, err := range []error{
		os.Mkdir(out, 0o777), os.Chmod(out, 0o777), os.Mkdir(shut, 0o555),
		os.WriteFile(program, binary, 0o755),
		os.WriteFile(filepath.Join(dir, "secret.txt"), text, 0),
		os.WriteFile(filepath.Join(dir, "open.txt"), text, 0o644),
		os.Chmod(dir, 0o755), os.Chmod(filepath.Dir(dir), 0o755),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) (status int, stderr string) {
		cmd := exec.Command(program, args...)
		cmd.Dir = dir
		if os.Geteuid() == 0 {
			const nobody = 65534
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Run(); cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return cmd.ProcessState.ExitCode(), said.String()
	}
	if status, said := run("-o", "out/", "secret.txt", "open.txt"); status != 3 || said != "winnow: secret.txt: permission denied\n" {
		t.Errorf("a file that may not be read: status %d, %q", status, said)
	}
	if got, err := os.ReadFile(filepath.Join(out, "open.txt")); err != nil || !bytes.Equal(got, text) {
		t.Errorf("the other file: %q, %v", got, err)
	}
	if status, said := run("-o", "shut/", "open.txt"); status == 0 || !bytes.Contains([]byte(said), []byte("permission denied")) {
		t.Errorf("a folder that may not be written: status %d, %q", status, said)
	}
}
