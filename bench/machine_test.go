package bench

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
)

// TestMain prints the machine before the figures.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("test.bench"); f != nil && f.Value.String() != "" {
		fmt.Println("machine:", machine())
	}
	os.Exit(m.Run())
}

// machine says on what is measured, as far as the system tells.
func machine() string {
	list := []string{fmt.Sprintf("%d × %s", runtime.NumCPU(), or(field("/proc/cpuinfo", "model name"), runtime.GOARCH))}
	var kib float64
	if _, err := fmt.Sscan(field("/proc/meminfo", "MemTotal"), &kib); err == nil {
		list = append(list, fmt.Sprintf("%.0f GiB", kib/(1<<20)))
	}
	list = append(list, or(strings.Trim(field("/etc/os-release", "PRETTY_NAME"), `"`), runtime.GOOS), runtime.Version())
	return strings.Join(list, ", ")
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// field is what stands after a name and ":" or "=" in a file of the system, "" when it is not there.
func field(path, name string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		rest, ok := strings.CutPrefix(lines.Text(), name)
		rest = strings.TrimSpace(rest)
		if ok && rest != "" && (rest[0] == ':' || rest[0] == '=') {
			return strings.TrimSpace(rest[1:])
		}
	}
	return ""
}

// available is how many bytes of memory can still be used, 0 when the system does not tell.
func available() float64 {
	var kib float64
	if _, err := fmt.Sscan(field("/proc/meminfo", "MemAvailable"), &kib); err != nil {
		return 0
	}
	return kib * 1024
}
