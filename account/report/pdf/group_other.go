//go:build !unix

package pdf

import "os/exec"

// together: elsewhere LibreOffice is one program.
func together(*exec.Cmd) {}
