package structure

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// ErrNoNode says that the peers which run in Node are not there.
var ErrNoNode = errors.New("no Node, or its packages are not installed (npm ci)")

// nodePatience is how long an answer for a page is waited for.
const nodePatience = 2 * time.Minute

// NodeSystems starts readability.js and defuddle, whose packages are in a folder with
// peers.mjs. They run until end is called. The error is ErrNoNode where they cannot.
func NodeSystems(dir string) (systems []System, end func(), err error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, nil, ErrNoNode
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "defuddle")); err != nil {
		return nil, nil, ErrNoNode
	}
	p := nodeProcess{cmd: exec.Command(node, "peers.mjs")}
	p.cmd.Dir = dir
	p.cmd.Stderr = os.Stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		return nil, nil, err
	}
	end = func() {
		p.in.Close()
		p.cmd.Wait() // of what it says nothing more is wanted
	}
	return []System{
		{Name: "defuddle", Run: func(page []byte, u *url.URL) (string, error) { return p.ask("defuddle", page, u) }},
		{Name: "readability.js", HTML: true, Run: func(page []byte, u *url.URL) (string, error) { return p.ask("readability.js", page, u) }},
	}, end, nil
}

// A nodeProcess answers line by line.
type nodeProcess struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	dead error
}

func (p *nodeProcess) ask(system string, page []byte, u *url.URL) (string, error) {
	if p.dead != nil {
		return "", p.dead
	}
	line, err := json.Marshal(map[string]string{"system": system, "url": u.String(), "html": string(bytes.ToValidUTF8(page, []byte("\uFFFD")))})
	if err != nil {
		return "", err
	}
	// A page that it hangs on ends it: the pipe closes, and with it the wait below.
	timer := time.AfterFunc(nodePatience, func() { p.cmd.Process.Kill() })
	defer timer.Stop()
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		p.dead = fmt.Errorf("node: %w", err)
		return "", p.dead
	}
	answer, err := p.out.ReadBytes('\n')
	if err != nil {
		p.dead = fmt.Errorf("node: %w", err)
		return "", p.dead
	}
	var got struct{ Text, Error string }
	if err := json.Unmarshal(answer, &got); err != nil {
		return "", fmt.Errorf("node: %w", err)
	}
	if got.Error != "" {
		return "", errors.New(got.Error)
	}
	return got.Text, nil
}
