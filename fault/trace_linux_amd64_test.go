package fault

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	syscallStop = syscall.SIGTRAP | 0x80
	exitKill    = 0x100000   // PTRACE_O_EXITKILL: nothing outlives the test
	ofThread    = 0x20000000 // __WNOTHREAD: children of this thread only
	entered     = -int64(syscall.ENOSYS)
)

// run runs a command in the folder dir, under a plan, and records its calls on what lies in dir. The tracer is the
// thread that it runs on; threads of the traced process are followed.
func run(t *testing.T, dir string, p plan, argv ...string) outcome {
	t.Helper()
	o, err := trace(dir, p, argv)
	if errors.Is(err, syscall.EPERM) {
		t.Skipf("this machine does not let a process trace its children: %v", err)
	}
	if err != nil {
		t.Fatalf("trace %s: %v", strings.Join(argv, " "), err)
	}
	return o
}

func trace(dir string, p plan, argv []string) (outcome, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	stdout, err := os.CreateTemp("", "fault-out-*")
	if err != nil {
		return outcome{}, err
	}
	defer discard(stdout)
	stderr, err := os.CreateTemp("", "fault-err-*")
	if err != nil {
		return outcome{}, err
	}
	defer discard(stderr)
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, stdout, stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := cmd.Start(); err != nil {
		return outcome{}, err
	}
	x := &tracer{pid: cmd.Process.Pid, dir: dir, plan: p, threads: map[int]*thread{}, files: map[int]string{1: "stdout"}, places: map[int]int64{}}
	if err := cmd.Process.Release(); err != nil { // it is waited for here
		return outcome{}, err
	}
	if err := x.follow(); err != nil {
		_ = syscall.Kill(x.pid, syscall.SIGKILL)
		return outcome{}, err
	}
	x.out.out, x.out.err = read(stdout), read(stderr)
	return x.out, nil
}

func discard(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

func read(f *os.File) string {
	b, err := os.ReadFile(f.Name())
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// tracer follows one process. All of it belongs to the thread that started the process.
type tracer struct {
	pid     int
	dir     string
	plan    plan
	mem     *os.File
	threads map[int]*thread
	files   map[int]string // paths by descriptor, of what lies in dir, and the output
	places  map[int]int64  // where read and write stand, by descriptor
	number  int
	out     outcome
}

// thread is a traced thread, and the call it is in.
type thread struct {
	call   *call
	act    act
	inCall bool
	fd     int  // of the call
	closes bool // the call closes fd
	seeks  bool // the call says where fd stands
}

func (x *tracer) follow() error {
	var ws syscall.WaitStatus
	if _, err := syscall.Wait4(x.pid, &ws, 0, nil); err != nil {
		return err
	}
	x.threads[x.pid] = &thread{}
	if err := syscall.PtraceSetOptions(x.pid, syscall.PTRACE_O_TRACESYSGOOD|syscall.PTRACE_O_TRACECLONE|exitKill); err != nil {
		return err
	}
	var err error
	if x.mem, err = os.Open(fmt.Sprintf("/proc/%d/mem", x.pid)); err != nil {
		return err
	}
	defer x.mem.Close()
	if err := syscall.PtraceSyscall(x.pid, 0); err != nil {
		return err
	}
	for {
		tid, err := syscall.Wait4(-1, &ws, syscall.WALL|ofThread, nil)
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return err
		case ws.Exited() || ws.Signaled():
			if tid == x.pid {
				x.out.code = ws.ExitStatus() // -1 after a signal
				return nil
			}
			continue
		}
		deliver := 0
		switch sig := ws.StopSignal(); {
		case sig == syscallStop:
			if err := x.stop(tid); err != nil && !errors.Is(err, syscall.ESRCH) {
				return err
			}
		case sig == syscall.SIGTRAP && ws.TrapCause() > 0: // a thread was made; it stops by itself
		case sig == syscall.SIGSTOP && x.threads[tid] == nil:
			x.threads[tid] = &thread{}
		default:
			deliver = int(sig)
		}
		if err := syscall.PtraceSyscall(tid, deliver); err != nil && !errors.Is(err, syscall.ESRCH) {
			return err
		}
	}
}

// stop is a thread at the beginning or the end of a call.
func (x *tracer) stop(tid int) error {
	th := x.threads[tid]
	if th == nil { // its call began before its first stop was seen
		th = &thread{}
		x.threads[tid] = th
	}
	var regs syscall.PtraceRegs
	if err := syscall.PtraceGetRegs(tid, &regs); err != nil {
		return err
	}
	if th.inCall {
		th.inCall = false
		return x.leave(tid, th, &regs)
	}
	if int64(regs.Rax) != entered {
		return nil
	}
	th.inCall = true
	th.act, th.closes, th.seeks = act{}, false, false
	if th.call = x.look(th, &regs); th.call == nil {
		return nil
	}
	x.number++
	th.call.number = x.number
	if x.plan == nil {
		return nil
	}
	th.act = x.plan(th.call)
	time.Sleep(th.act.holdFor)
	switch {
	case th.act.kill == before:
		return syscall.Kill(x.pid, syscall.SIGKILL)
	case th.act.fail != 0 || th.act.lie:
		regs.Orig_rax = ^uint64(0) // no such call: nothing is done
		return syscall.PtraceSetRegs(tid, &regs)
	case th.act.short > 0:
		regs.Rdx = uint64(th.act.short)
		th.call.data = th.call.data[:th.act.short]
		return syscall.PtraceSetRegs(tid, &regs)
	}
	return nil
}

// leave ends a call: its result is given where the plan says so, and the call is recorded.
func (x *tracer) leave(tid int, th *thread, regs *syscall.PtraceRegs) error {
	switch {
	case th.closes:
		delete(x.files, th.fd)
	case th.seeks && int64(regs.Rax) >= 0:
		x.places[th.fd] = int64(regs.Rax)
	}
	c := th.call
	if c == nil {
		return nil
	}
	switch {
	case th.act.fail != 0:
		regs.Rax = uint64(-int64(th.act.fail))
	case th.act.lie:
		regs.Rax = 0
	}
	c.result = int64(regs.Rax)
	switch {
	case c.result < 0:
	case c.name == "open":
		x.files[int(c.result)], x.places[int(c.result)] = c.path, 0
	case c.name == "read", c.name == "write":
		x.places[th.fd] += c.result
	}
	x.out.calls = append(x.out.calls, c)
	if th.act.kill == after {
		return syscall.Kill(x.pid, syscall.SIGKILL)
	}
	if th.act.fail != 0 || th.act.lie {
		return syscall.PtraceSetRegs(tid, regs)
	}
	return nil
}
