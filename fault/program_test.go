package fault

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// all asks for every call, every boundary and 200 kills in place of a sample.
func all() bool { return os.Getenv("LODESTONE_CRASH") != "" }

var seed = flag.Uint64("seed", 0, "seed of the samples and the moments of kills; 0: another each time")

// random is a source whose seed is printed.
func random(t *testing.T) *rand.Rand {
	t.Helper()
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	t.Logf("seed %d (go test ./fault -run '^%s$' -seed %d)", s, t.Name(), s)
	return rand.New(rand.NewPCG(s, 1))
}

// workshop is where programs are built; TestMain makes and removes it.
var workshop string

func TestMain(m *testing.M) {
	if path := os.Getenv(clientStore); path != "" {
		if err := serve(path, os.Getenv(clientDocs)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	flag.Parse()
	code, err := work(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func work(m *testing.M) (code int, err error) {
	if workshop, err = os.MkdirTemp("", "fault-*"); err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(workshop)) }()
	return m.Run(), nil
}

var buildOnce = sync.OnceValues(func() (string, error) { return build("lodestone") })

// program is the path of the real program, built once.
func program(t *testing.T) string {
	t.Helper()
	path, err := buildOnce()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// build builds the program under a name, with further flags of go build.
func build(name string, flags ...string) (string, error) {
	path := filepath.Join(workshop, name)
	cmd := exec.Command("go", append(append([]string{"build", "-o", path}, flags...), "lodestone/cmd/lodestone")...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
}

// captureArgs is the command line that captures documents into the store of a folder.
func captureArgs(program, dir string, docs []string) []string {
	return append([]string{program, "capture", "--store", "sqlite:" + storePath(dir), "--as", "urn:lodestone:party:fault"}, docs...)
}

func storePath(dir string) string { return filepath.Join(dir, "log.db") }

// plain runs the program without a tracer.
func plain(t *testing.T, argv ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{code: cmd.ProcessState.ExitCode(), out: out.String(), err: errs.String()}
}

// checked is what fsck --json says.
type checked struct {
	Sound       bool  `json:"sound"`
	Entries     int64 `json:"entries"`
	Checkpoints int   `json:"checkpoints"`
	Faults      []struct {
		Entry int64  `json:"entry"`
		What  string `json:"what"`
	} `json:"faults"`
}

// fsck runs the program's check over a store; ok is false when it could not be made.
func fsck(t *testing.T, program, dir string) (c checked, o outcome, ok bool) {
	t.Helper()
	o = plain(t, program, "fsck", "--json", "--store", "sqlite:"+storePath(dir))
	ok = json.Unmarshal([]byte(o.out), &c) == nil
	return c, o, ok
}

// documents writes count documents of size events each into a folder and gives their paths.
func documents(t *testing.T, count, size int) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for d := range count {
		var b strings.Builder
		b.WriteString(`{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0",` +
			`"creationDate":"2026-05-02T00:00:00Z","epcisBody":{"eventList":[`)
		for i := range size {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"type":"TransformationEvent","eventID":"%s","eventTime":"2025-03-01T08:00:00Z","eventTimeZoneOffset":"+00:00",`+
				`"bizStep":"urn:lodestone:phase:separated","readPoint":{"id":"urn:lodestone:facility:fault"},`+
				`"inputQuantityList":[{"epcClass":"urn:lodestone:lot:fault:in-%d-%d","quantity":100,"uom":"KGM"}],`+
				`"outputQuantityList":[{"epcClass":"urn:lodestone:lot:fault:out-%d-%d","quantity":90,"uom":"KGM"}]}`, eventID(d, i), d, i, d, i)
		}
		b.WriteString("]}}")
		path := filepath.Join(dir, documentName(d))
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func documentName(d int) string { return fmt.Sprintf("d%03d.json", d) }

// eventID names event i of document d; eventPlace reads it back.
func eventID(d, i int) string { return fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%06d%06d", d, i) }

func eventPlace(id string) (d, i int, err error) {
	_, err = fmt.Sscanf(id, "urn:uuid:00000000-0000-4000-8000-%06d%06d", &d, &i)
	return d, i, err
}
