//go:build !unix

package office

import "os/exec"

// together: elsewhere LibreOffice is one program.
func together(*exec.Cmd) {}
