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

// NodeSystems are readability.js and defuddle, whose packages are in a folder with
// peers.mjs. They run until end is called. The error is ErrNoNode where they cannot.
func NodeSystems(dir string) (systems []System, end func(), err error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, nil, ErrNoNode
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "defuddle")); err != nil {
		return nil, nil, ErrNoNode
	}
	p := nodeProcess{node: node, dir: dir}
	if err := p.start(); err != nil {
		return nil, nil, err
	}
	return []System{
		{Name: "defuddle", Run: func(page []byte, u *url.URL) (string, error) { return p.ask("defuddle", page, u) }},
		{Name: "readability.js", HTML: true, Run: func(page []byte, u *url.URL) (string, error) { return p.ask("readability.js", page, u) }},
	}, p.end, nil
}

// A nodeProcess answers line by line. One that hangs or dies is replaced.
type nodeProcess struct {
	node, dir string
	cmd       *exec.Cmd // nil when none runs
	in        io.WriteCloser
	out       *bufio.Reader
}

func (p *nodeProcess) start() error {
	cmd := exec.Command(p.node, "peers.mjs")
	cmd.Dir, cmd.Stderr = p.dir, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	p.cmd, p.in, p.out = cmd, in, bufio.NewReader(out)
	return nil
}

func (p *nodeProcess) end() {
	if p.cmd != nil {
		p.in.Close()
		p.cmd.Wait() // of what it says nothing more is wanted
		p.cmd = nil
	}
}

func (p *nodeProcess) ask(system string, page []byte, u *url.URL) (text string, err error) {
	line, err := json.Marshal(map[string]string{"system": system, "url": u.String(), "html": string(bytes.ToValidUTF8(page, []byte("\uFFFD")))})
	if err != nil {
		return "", err
	}
	if p.cmd == nil {
		if err := p.start(); err != nil {
			return "", err
		}
	}
	defer func() {
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %s: %v\n", system, u, err)
		}
	}()
	process := p.cmd.Process
	timer := time.AfterFunc(nodePatience, func() { process.Kill() }) // and the pipes close
	defer timer.Stop()
	var answer []byte
	if _, err = p.in.Write(append(line, '\n')); err == nil {
		answer, err = p.out.ReadBytes('\n')
	}
	if err != nil {
		process.Kill()
		p.end()
		return "", fmt.Errorf("node: %w", err)
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
