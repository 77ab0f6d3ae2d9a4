package document

import _ "embed"

// Fonts is the fontconfig file by which programs that draw a report find stand-ins for the fonts of official documents. It
// names the packages that bring them.
//
//go:embed fonts/anlan.conf
var Fonts string
