// Package packaging_test looks at what makes a Debian package and a container of the program: whether the parts fit
// together; packaging/build makes the package, and packaging/try installs it and takes it into use.
package packaging_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"anlan/face/cli"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func all(pattern, in string) (out []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(in, -1) {
		out = append(out, m[1])
	}
	return out
}

// helped is what the program says of a verb.
func helped(t *testing.T, verb string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if status := cli.Main([]string{"help", verb}, strings.NewReader(""), &out, &errs); status != 0 {
		t.Fatalf("help %s: %d %s", verb, status, errs.String())
	}
	return out.String()
}

func TestTheSettingsAreThoseOfTheProgram(t *testing.T) {
	t.Parallel()
	env, help := read(t, "anlan.env"), helped(t, "serve")
	options := all(`(--[a-z]+)`, env)
	for _, o := range append(options, all(`(?m)^#?(ANLAN_(?:DATA|DB))=`, env)...) {
		if !strings.Contains(help, o) {
			t.Errorf("anlan.env names %s, which anlan help serve does not", o)
		}
	}
	if len(options) < 5 {
		t.Errorf("only %v were looked at", options)
	}
}

// TestThePartsFitTogether: what the package, the units and the container name is there, and by one name.
func TestThePartsFitTogether(t *testing.T) {
	t.Parallel()
	nfpm, service, socket, env, container := read(t, "nfpm.yaml"), read(t, "anlan.service"), read(t, "anlan.socket"), read(t, "anlan.env"), read(t, "Containerfile")
	for _, src := range append(all(`src: ([^$",]+),`, nfpm), all(`: (packaging/(?:post|pre)\w+)`, nfpm)...) {
		if _, err := os.Stat(filepath.Join("..", src)); err != nil {
			t.Errorf("nfpm.yaml: %v", err)
		}
	}
	for _, line := range all(`(?m)^COPY (.*)$`, container) {
		words := strings.Fields(line)
		if from, staged := strings.CutPrefix(words[0], "--from="); staged {
			if !strings.Contains(container, " AS "+from) || !strings.Contains(container, words[1]+" ") && !strings.Contains(container, ">"+words[1]+"\n") {
				t.Errorf("Containerfile: COPY %s: nothing makes it", line)
			}
			continue
		}
		for _, src := range words[:len(words)-1] {
			if _, err := os.Stat(filepath.Join("..", src)); err != nil {
				t.Errorf("Containerfile: %v", err)
			}
		}
	}
	for where, want := range map[string][2]string{
		"ExecStart of the service":      {service, "ExecStart=/usr/bin/anlan serve $ANLAN_SERVE\n"},
		"the program of the package":    {nfpm, "dst: /usr/bin/anlan,"},
		"the program of the container":  {container, `ENTRYPOINT ["/usr/bin/anlan"]`},
		"what is copied to it":          {container, "COPY --from=build /out/anlan /usr/bin/anlan\n"},
		"settings of the service":       {service, "EnvironmentFile=/etc/anlan/anlan.env\n"},
		"settings of the package":       {nfpm, "dst: /etc/anlan/anlan.env, type: config|noreplace"},
		"the book of the service":       {service, "StateDirectory=anlan\n"},
		"the book of the settings":      {env, "\nANLAN_DATA=/var/lib/anlan\n"},
		"the book of the container":     {container, "ANLAN_DATA=/var/lib/anlan"},
		"the volume of the container":   {container, "VOLUME /var/lib/anlan\n"},
		"the address of the socket":     {socket, "ListenStream=127.0.0.1:8630\n"},
		"the address of the container":  {container, `CMD ["serve", "--listen", "0.0.0.0:8630"]`},
		"who serves in the container":   {container, "\nUSER anlan\n"},
		"who serves by the service":     {service, "\nUser=anlan\n"},
		"an end after twenty seconds":   {service, "\nTimeoutStopSec=40\n"},
		"a service without any of root": {service, "\nCapabilityBoundingSet=\n"},
	} {
		if !strings.Contains(want[0], want[1]) {
			t.Errorf("%s is not %q", where, want[1])
		}
	}
	if one := all(`(?m)^ListenStream=(.+)$`, socket); len(one) != 1 {
		t.Errorf("the program takes one socket; there are %v", one)
	}
	if version := all(`(?m)^go (\d+\.\d+)`, read(t, "../go.mod")); !strings.Contains(container, "golang:"+version[0]+"-") {
		t.Errorf("the container builds by another Go than %s", version[0])
	}
}
