//go:build unix

package office

import (
	"os/exec"
	"syscall"
)

// together makes a program and those that it starts end together: soffice is a script that starts the office.
func together(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
