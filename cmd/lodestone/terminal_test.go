package main

import "testing"

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"plain ├─ 40 t: Nd\n\tx":         "plain ├─ 40 t: Nd\n\tx",
		"a\x1b[2Jb":                      "a�[2Jb",
		"a\rb\x00\x7f":                   "a�b��",
		"\u009b31m":                      "�31m",
		"\u202etxt.exe":                  "�txt.exe",
		"broken \xff\xfe stays as it is": "broken \xff\xfe stays as it is",
	} {
		if got := string(harmless([]byte(in))); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
