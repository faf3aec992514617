package clean

import (
	"fmt"
	"slices"
	"strings"
)

// Mode, Engine, Format and Action have names: in messages, in flags, and as text in JSON,
// YAML and the like.
var (
	modes   = names{"Mode", []string{"balanced", "precision", "recall"}}
	engines = names{"Engine", []string{"trees", "readability"}}
	formats = names{"Format", []string{"auto", "html", "text"}}
	actions = names{"Action", []string{"drop", "keep", "mark"}}
)

// String returns the name: balanced, precision or recall.
func (m Mode) String() string { return modes.of(uint8(m)) }

// MarshalText returns the name; there is an error for what is no mode.
func (m Mode) MarshalText() ([]byte, error) { return modes.text(uint8(m)) }

// UnmarshalText sets the mode by its name.
func (m *Mode) UnmarshalText(text []byte) error { return parseInto(m, text, ParseMode) }

// ParseMode returns the mode of that name: balanced, precision or recall.
func ParseMode(name string) (Mode, error) {
	n, err := modes.parse(name)
	return Mode(n), err
}

// String returns the name: trees or readability.
func (e Engine) String() string { return engines.of(uint8(e)) }

// MarshalText returns the name; there is an error for what is no engine.
func (e Engine) MarshalText() ([]byte, error) { return engines.text(uint8(e)) }

// UnmarshalText sets the engine by its name.
func (e *Engine) UnmarshalText(text []byte) error { return parseInto(e, text, ParseEngine) }

// ParseEngine returns the engine of that name: trees or readability.
func ParseEngine(name string) (Engine, error) {
	n, err := engines.parse(name)
	return Engine(n), err
}

// String returns the name: auto, html or text.
func (f Format) String() string { return formats.of(uint8(f)) }

// MarshalText returns the name; there is an error for what is no format.
func (f Format) MarshalText() ([]byte, error) { return formats.text(uint8(f)) }

// UnmarshalText sets the format by its name.
func (f *Format) UnmarshalText(text []byte) error { return parseInto(f, text, ParseFormat) }

// ParseFormat returns the format of that name: auto, html or text.
func ParseFormat(name string) (Format, error) {
	n, err := formats.parse(name)
	return Format(n), err
}

// String returns the name: drop, keep or mark.
func (a Action) String() string { return actions.of(uint8(a)) }

// MarshalText returns the name; there is an error for what is no action.
func (a Action) MarshalText() ([]byte, error) { return actions.text(uint8(a)) }

// UnmarshalText sets the action by its name.
func (a *Action) UnmarshalText(text []byte) error { return parseInto(a, text, ParseAction) }

// ParseAction returns the action of that name: drop, keep or mark.
func ParseAction(name string) (Action, error) {
	n, err := actions.parse(name)
	return Action(n), err
}

// names are those of the constants of a type, which count from 0.
type names struct {
	kind string
	list []string
}

func (n names) of(i uint8) string {
	if int(i) < len(n.list) {
		return n.list[i]
	}
	return fmt.Sprintf("%s(%d)", n.kind, i)
}

func (n names) text(i uint8) ([]byte, error) {
	if int(i) < len(n.list) {
		return []byte(n.list[i]), nil
	}
	return nil, fmt.Errorf("unknown %s %d", strings.ToLower(n.kind), i)
}

func (n names) parse(name string) (uint8, error) {
	if i := slices.Index(n.list, name); i >= 0 {
		return uint8(i), nil
	}
	last := len(n.list) - 1
	return 0, fmt.Errorf("unknown %s %q (%s or %s)", strings.ToLower(n.kind), name, strings.Join(n.list[:last], ", "), n.list[last])
}

// parseInto sets v to what text is the name of, and leaves it where that is none.
func parseInto[T any](v *T, text []byte, parse func(string) (T, error)) error {
	got, err := parse(string(text))
	if err == nil {
		*v = got
	}
	return err
}
