package highs

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/tetratelabs/wazero/api"
)

// call runs a function of the module by its name in the C interface. A trap or an exception breaks the instance.
func (in *instance) call(ctx context.Context, name string, args ...uint64) (uint64, error) {
	if in.broken != nil {
		return 0, in.broken
	}
	f := in.functions[name]
	if f == nil {
		if f = in.module.ExportedFunction(in.names.exports[name]); f == nil {
			return 0, fmt.Errorf("the solver has no function %s", name)
		}
		in.functions[name] = f
	}
	out, err := f.Call(context.WithValue(ctx, clockKey{}, in.clock), args...)
	if err != nil {
		in.broken = fmt.Errorf("the solver broke in %s: %w", name, err)
		return 0, in.broken
	}
	if len(out) == 0 {
		return 0, nil
	}
	return out[0], nil
}

// do runs a function that answers with a status: −1 is an error, 1 a warning.
func (in *instance) do(ctx context.Context, name string, args ...uint64) error {
	status, err := in.call(ctx, name, args...)
	if err != nil {
		return err
	}
	if api.DecodeI32(status) == -1 {
		return fmt.Errorf("the solver refused %s", name)
	}
	return nil
}

// arena is memory inside the module, given back as one.
type arena struct {
	in   *instance
	ctx  context.Context
	held []uint64
	err  error // the first that came up; later calls do nothing
}

func (in *instance) arena(ctx context.Context) *arena { return &arena{in: in, ctx: ctx} }

func (a *arena) free() {
	for _, p := range a.held {
		_, err := a.in.call(a.ctx, "free", p)
		if a.err == nil {
			a.err = err
		}
	}
	a.held = nil
}

// room is memory for size bytes; it is never the null pointer.
func (a *arena) room(size int) uint64 {
	if a.err != nil {
		return 0
	}
	if size > math.MaxInt32 {
		a.err = fmt.Errorf("the solver cannot hold %d bytes in one piece", size)
		return 0
	}
	p, err := a.in.call(a.ctx, "malloc", uint64(max(size, 8)))
	if err == nil && p == 0 {
		err = fmt.Errorf("the solver has no memory left for %d bytes", size)
	}
	if a.err = err; err != nil {
		return 0
	}
	a.held = append(a.held, p)
	return p
}

func (a *arena) doubles(values []float64) uint64 {
	p := a.room(8 * len(values))
	if a.err != nil {
		return 0
	}
	view, ok := a.in.module.Memory().Read(uint32(p), uint32(8*len(values)))
	if !ok {
		a.err = fmt.Errorf("write into the solver's memory: out of range")
		return 0
	}
	for i, v := range values {
		binary.LittleEndian.PutUint64(view[8*i:], math.Float64bits(v))
	}
	return p
}

func (a *arena) ints(values []int32) uint64 {
	p := a.room(4 * len(values))
	if a.err != nil {
		return 0
	}
	view, ok := a.in.module.Memory().Read(uint32(p), uint32(4*len(values)))
	if !ok {
		a.err = fmt.Errorf("write into the solver's memory: out of range")
		return 0
	}
	for i, v := range values {
		binary.LittleEndian.PutUint32(view[4*i:], uint32(v))
	}
	return p
}

// text is a string that ends with a nought.
func (a *arena) text(s string) uint64 {
	p := a.room(len(s) + 1)
	if a.err == nil && !a.in.module.Memory().Write(uint32(p), append([]byte(s), 0)) {
		a.err = fmt.Errorf("write into the solver's memory: out of range")
	}
	return p
}

func (a *arena) readDoubles(p uint64, n int) []float64 {
	view, ok := a.in.module.Memory().Read(uint32(p), uint32(8*n))
	if !ok {
		a.err = fmt.Errorf("read the solver's memory: out of range")
		return nil
	}
	values := make([]float64, n)
	for i := range values {
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(view[8*i:]))
	}
	return values
}

func (a *arena) readInts(p uint64, n int) []int32 {
	view, ok := a.in.module.Memory().Read(uint32(p), uint32(4*n))
	if !ok {
		a.err = fmt.Errorf("read the solver's memory: out of range")
		return nil
	}
	values := make([]int32, n)
	for i := range values {
		values[i] = int32(binary.LittleEndian.Uint32(view[4*i:]))
	}
	return values
}
