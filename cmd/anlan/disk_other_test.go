//go:build !linux

package main

// mounts: only Linux lets a test make disks of its own.
func mounts() bool { return false }

func disk(s *script, _ bool, _ []string)     { s.Fatalf("no disks can be made here") }
func readOnly(s *script, _ bool, _ []string) { s.Fatalf("no disks can be made here") }
