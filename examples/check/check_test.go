// Package check shows winnow as a check of continuous integration: check.sh.
package check

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The script fails where there is residue and says where, and passes where there is none.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	build := exec.Command("go", "build", "-o", dir+string(filepath.Separator), "./cmd/winnow")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := func(text string) (out string, status int) {
		file := filepath.Join(dir, "a.txt")
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("sh", "check.sh", file)
		cmd.Env = append(os.Environ(), "PATH="+dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
		data, err := cmd.Output()
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return string(data), exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		return string(data), 0
	}
	if out, status := run("The ferry was late, as it is every Tuesday in autumn.\n"); status != 0 || out != "no residue\n" {
		t.Errorf("clean text: %d, %q", status, out)
	}
	if out, status := run("The ferry was late, as it is every Tuesday in autumn.\nAdvertisement\n"); status != 1 || !strings.Contains(out, "a.txt:2: ad ad.label: Advertisement\n") {
		t.Errorf("residue: %d, %q", status, out)
	}
}
