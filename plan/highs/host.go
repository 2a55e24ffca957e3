package highs

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/tetratelabs/wazero/api"
)

// clock is the time an instance sees. Once the caller has given up it is far in the future, so that the solver finds its
// time limit passed and hands over what it has: running code can be stopped in no other way that is cheap.
type clock struct {
	start time.Time
	stop  atomic.Bool
}

// Seconds: noLimit is a time limit that nobody lives to see, farFuture is later still. Both fit into nanoseconds.
const (
	noLimit   = 1e9
	farFuture = 4e9
)

func (c *clock) seconds() float64 {
	if c.stop.Load() {
		return farFuture
	}
	return time.Since(c.start).Seconds()
}

type clockKey struct{}

func clockOf(ctx context.Context) *clock { return ctx.Value(clockKey{}).(*clock) }

// The errno values of WASI and of Linux that the module gets: there is no file, no terminal and no environment in here.
const (
	wasiBadFile = 8
	noEntry     = -2
	notTerminal = -25
)

// hostCalls are what the module asks of its surroundings, by the name without underscores in front.
var hostCalls = map[string]func(ctx context.Context, mod api.Module, stack []uint64){
	"cxa_throw": func(context.Context, api.Module, []uint64) { panic("HiGHS threw an exception") },
	"abort_js":  func(context.Context, api.Module, []uint64) { panic("HiGHS aborted") },
	"exit": func(_ context.Context, _ api.Module, s []uint64) {
		panic(fmt.Sprintf("HiGHS left with %d", int32(s[0])))
	},
	"proc_exit": func(_ context.Context, _ api.Module, s []uint64) {
		panic(fmt.Sprintf("HiGHS left with %d", int32(s[0])))
	},

	"syscall_fcntl64": answer(wasiBadFile),
	"syscall_ioctl":   answer(notTerminal),
	"syscall_openat":  answer(noEntry),
	"fd_read":         answer(wasiBadFile),
	"fd_seek":         answer(wasiBadFile),
	"fd_close":        answer(0),
	"fd_write":        fdWrite,

	"emscripten_runtime_keepalive_clear": func(context.Context, api.Module, []uint64) {},
	"setitimer_js":                       answer(0),
	"tzset_js":                           func(context.Context, api.Module, []uint64) {},
	"environ_get":                        answer(0),
	"environ_sizes_get": func(_ context.Context, mod api.Module, s []uint64) {
		mod.Memory().WriteUint32Le(uint32(s[0]), 0)
		mod.Memory().WriteUint32Le(uint32(s[1]), 0)
		s[0] = 0
	},

	"clock_time_get": func(ctx context.Context, mod api.Module, s []uint64) {
		mod.Memory().WriteUint64Le(uint32(s[2]), uint64(clockOf(ctx).seconds()*1e9))
		s[0] = 0
	},
	"emscripten_date_now": milliseconds,
	"emscripten_get_now":  milliseconds,

	"emscripten_resize_heap": func(_ context.Context, mod api.Module, s []uint64) {
		const page = 1 << 16
		have, want := uint64(mod.Memory().Size()), uint64(uint32(s[0]))
		s[0] = 0
		if want <= have {
			s[0] = 1
			return
		}
		more := max(want, have+have/5) // ahead of need, so that it is not asked page by page
		for _, size := range []uint64{more, want} {
			if _, ok := mod.Memory().Grow(uint32((size - have + page - 1) / page)); ok {
				s[0] = 1
				return
			}
		}
	},
}

func answer(code int32) func(context.Context, api.Module, []uint64) {
	return func(_ context.Context, _ api.Module, s []uint64) { s[0] = api.EncodeI32(code) }
}

func milliseconds(ctx context.Context, _ api.Module, s []uint64) {
	s[0] = api.EncodeF64(clockOf(ctx).seconds() * 1e3)
}

// fdWrite takes what the solver would print, and drops it: its log is switched off, and a broken instance says what it
// threw in the error.
func fdWrite(_ context.Context, mod api.Module, s []uint64) {
	vectors, count, written := uint32(s[1]), uint32(s[2]), uint32(s[3])
	total := uint32(0)
	for i := range count {
		length, _ := mod.Memory().ReadUint32Le(vectors + 8*i + 4)
		total += length
	}
	mod.Memory().WriteUint32Le(written, total)
	s[0] = 0
}
