// Command anlan is the whole of Anlan (安澜): see package face/cli.
package main

import (
	"os"

	"anlan/face/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
