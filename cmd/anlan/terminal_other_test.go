//go:build !linux

package main

func terminal(s *script, _ bool, _ []string) { s.Fatalf("no pseudo-terminal can be made here") }
