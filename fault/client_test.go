package fault

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"lodestone/ledger"
	"lodestone/store"
	"lodestone/store/sqlite"
)

// docSize is how many events the documents of the clients have.
const docSize = 3

// local is a client within this process.
type local struct {
	ledger *ledger.Ledger
	docs   [][]byte // by number
}

// ask implements client.
func (c local) ask(in request) (out answer, err error) {
	ctx := context.Background()
	switch in.Kind {
	case "capture":
		res, err := c.ledger.Capture(ctx, bytes.NewReader(c.docs[in.Doc]), ledger.CaptureOptions{Author: "urn:lodestone:party:fault"})
		if err != nil {
			return out, err
		}
		if res.Added != 0 && res.Added != docSize || res.Added+res.Duplicates != docSize {
			return out, fmt.Errorf("%d events of a document of %d were added, %d were there: it was there in part", res.Added, docSize, res.Duplicates)
		}
		return answer{Added: res.Added > 0, At: int(max(res.First-1, 0)) / docSize}, nil
	case "read":
		var docs []byte
		n := 0
		for e, err := range c.ledger.Entries(ctx, int64(in.From)*docSize+1) {
			if err != nil {
				return out, err
			}
			d, i, err := eventPlace(e.Event.ID)
			if err != nil || i != n%docSize {
				return out, fmt.Errorf("entry %d is event %s, in the wrong place", e.Seq, e.Event.ID)
			}
			if n++; i == 0 {
				docs = append(docs, byte(d))
			}
		}
		return answer{Docs: string(docs)}, nil
	case "size":
		n, err := c.ledger.Size(ctx)
		return answer{Size: int(n) / docSize}, err
	case "find":
		for e, err := range c.ledger.Mentioning(ctx, eventID(int(in.Doc), 0)) {
			return answer{At: int(e.Seq-1) / docSize}, err
		}
		return answer{At: -1}, nil
	}
	return out, fmt.Errorf("no operation is called %q", in.Kind)
}

// remote is a client in a process of its own: this test program, told by its environment to serve.
type remote struct {
	cmd *exec.Cmd
	to  io.WriteCloser
	out *json.Encoder
	in  *json.Decoder
}

// clientStore and clientDocs name, in the environment, the store that a process shall serve, and the documents' files.
const (
	clientStore = "LODESTONE_FAULT_STORE"
	clientDocs  = "LODESTONE_FAULT_DOCS"
)

// reply is an answer, or why there is none.
type reply struct {
	Answer answer
	Error  string
	Busy   bool
}

func newRemote(dir string, docs []string) (*remote, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	r := &remote{cmd: exec.Command(exe)}
	r.cmd.Env = append(os.Environ(), clientStore+"="+storePath(dir), clientDocs+"="+strings.Join(docs, string(os.PathListSeparator)))
	r.cmd.Stderr = os.Stderr
	if r.to, err = r.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	from, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	r.out, r.in = json.NewEncoder(r.to), json.NewDecoder(from)
	return r, r.cmd.Start()
}

// ask implements client. A process that found the store busy has changed nothing, and asks again.
func (r *remote) ask(in request) (answer, error) {
	for {
		if err := r.out.Encode(in); err != nil {
			return answer{}, err
		}
		var got reply
		if err := r.in.Decode(&got); err != nil {
			return answer{}, err
		}
		if got.Busy {
			continue
		}
		if got.Error != "" {
			return answer{}, errors.New(got.Error)
		}
		return got.Answer, nil
	}
}

// end lets the process end.
func (r *remote) end() error { return errors.Join(r.to.Close(), r.cmd.Wait()) }

// serve is the other side of a remote: it answers requests from its input until that ends.
func serve(path, docs string) error {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	l, err := ledger.Open(ctx, s, ledger.Options{})
	if err != nil {
		return err
	}
	c := local{ledger: l}
	for _, file := range strings.Split(docs, string(os.PathListSeparator)) {
		doc, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		c.docs = append(c.docs, doc)
	}
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var r request
		if err := in.Decode(&r); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		a, err := c.ask(r)
		got := reply{Answer: a}
		if err != nil {
			got.Error, got.Busy = err.Error(), errors.Is(err, store.ErrBusy)
		}
		if err := out.Encode(got); err != nil {
			return err
		}
	}
}
