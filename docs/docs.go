// Package docs holds the pages of the documentation that the command shows, too.
package docs

import _ "embed"

// Rules is rules.md: the format of files of rules.
//
//go:embed rules.md
var Rules string
