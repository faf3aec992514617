package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/winnowtext/winnow/clean/batch"
)

// standardOutput is what messages call it.
const standardOutput = "standard output"

// outputFolder reports whether output names a folder, see the help text.
func outputFolder(output string, args []string) bool {
	if output == "" {
		return false
	}
	if isDir(output) || os.IsPathSeparator(output[len(output)-1]) {
		return true
	}
	return filepath.Ext(output) == "" && slices.ContainsFunc(args, isDir) && !exists(output)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// openStream opens the one place for the outputs of all inputs. It checks that it
// can be written to before any work is done.
func openStream(set *settings, inputs []*batch.Item, stdout io.Writer) (*batch.Stream, error) {
	to, err := openOutput(set, inputs, stdout)
	if err != nil {
		return nil, err
	}
	return batch.NewStream(to, frame(set, len(inputs))), nil
}

func openOutput(set *settings, inputs []*batch.Item, stdout io.Writer) (*batch.Output, error) {
	if set.output == "" {
		return batch.NewOutput(standardOutput, stdout), nil
	}
	return batch.Create(set.output, inputs...)
}

// frame is how the outputs of several inputs stand in one stream.
func frame(set *settings, inputs int) batch.Frame {
	table, array := batch.Table(), batch.Array()
	rows := false
	return batch.Frame{
		Wrap: func(n int, item *batch.Item, body []byte) []byte {
			rows = rows || item.Row != nil
			several := inputs > 1 || rows
			switch format := set.formatOf(item); {
			case format == formatTable:
				return table.Wrap(n, item, body)
			case !several, format == formatJSONL, format == formatFields, set.view == viewDiff, set.view == viewNames:
				return body
			case format == formatJSON:
				return array.Wrap(n, item, body)
			}
			return headed(n, item, body)
		},
		End: func(n int) []byte {
			if set.format == formatJSON && (inputs > 1 || rows || n == 0) {
				return array.End(n)
			}
			return table.End(n)
		},
	}
}

// headed puts the output of an input below a line with its name.
func headed(n int, in *batch.Item, body []byte) []byte {
	head := fmt.Sprintf("==> %s <==\n", escape(in.Name))
	if n > 0 {
		head = "\n" + head
	}
	return append([]byte(head), body...)
}

// extension is that of the files in an output folder.
func extension(set *settings) string {
	switch {
	case set.view == viewExplain:
		return ".explain"
	case set.view == viewDiff:
		return ".diff"
	case set.format == formatJSON, set.format == formatJSONL, set.format == formatMarkdown, set.format == formatHTML:
		return "." + set.format
	}
	return ".txt"
}
