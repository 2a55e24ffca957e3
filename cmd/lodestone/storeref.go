package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// storeRef says where the records are: a SQLite file, or memory, which is gone when the command ends.
type storeRef struct {
	path string // of the SQLite file; "" for memory
}

// String is the reference as --store takes it.
func (r storeRef) String() string {
	if r.path == "" {
		return "mem:"
	}
	return "sqlite:" + r.path
}

// storeOf is the store the command line names, else the environment, else the file in the user's data folder.
func storeOf(cmd *cobra.Command) (storeRef, error) {
	if flag := cmd.Flag("store"); flag != nil && flag.Changed {
		ref, err := parseStore(flag.Value.String())
		if err != nil {
			return ref, exitError{code: codeUsage, err: fmt.Errorf("--store: %w", err)}
		}
		return ref, nil
	}
	if env := os.Getenv("LODESTONE_STORE"); env != "" {
		ref, err := parseStore(env)
		if err != nil {
			return ref, exitError{code: codeUsage, err: fmt.Errorf("LODESTONE_STORE: %w", err)}
		}
		return ref, nil
	}
	folder, err := dataFolder()
	if err != nil {
		return storeRef{}, err
	}
	return storeRef{path: filepath.Join(folder, "lodestone.db")}, nil
}

// parseStore reads sqlite:PATH or mem:.
func parseStore(text string) (storeRef, error) {
	if text == "mem:" {
		return storeRef{}, nil
	}
	path, ok := strings.CutPrefix(text, "sqlite:")
	switch {
	case !ok:
		return storeRef{}, fmt.Errorf("%q is not a store: want mem: or sqlite:PATH", text)
	case path == "":
		return storeRef{}, fmt.Errorf("%q names no file: write sqlite:PATH", text)
	case strings.HasSuffix(path, "/"):
		return storeRef{}, fmt.Errorf("%q names a folder: write the file's name too, as in %slodestone.db", text, text)
	}
	return storeRef{path: path}, nil
}

// dataFolder is lodestone's folder among the user's data, as the XDG base directory rules give it. A relative
// XDG_DATA_HOME is passed over, as those rules ask.
func dataFolder() (string, error) {
	if base := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "lodestone"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find your data folder: %w: name a store with --store sqlite:PATH", err)
	}
	return filepath.Join(home, ".local", "share", "lodestone"), nil
}
