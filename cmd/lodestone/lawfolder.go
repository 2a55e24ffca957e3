package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lodestone/law"
	"lodestone/rules"
)

// lawFolders is the environment variable that names folders of law for every command that asks the books.
const lawFolders = "LODESTONE_LAW"

// lawFlag gives a command the flag --law.
func lawFlag(cmd *cobra.Command) {
	cmd.Flags().StringArray("law", nil, "a folder with books or amendments of your own, laid over those built in (repeatable; also "+lawFolders+")")
}

// loadLaw is the books, with the user's own law laid over them where the flag --law or the environment names folders of it.
func loadLaw(cmd *cobra.Command) (rules.Library, []law.Added, error) {
	lib, err := law.Load()
	if err != nil {
		return nil, nil, err
	}
	dirs := filepath.SplitList(os.Getenv(lawFolders))
	if cmd.Flags().Lookup("law") != nil {
		given, err := cmd.Flags().GetStringArray("law")
		if err != nil {
			return nil, nil, err
		}
		dirs = append(dirs, given...)
	}
	var folders []law.Folder
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, nil, fmt.Errorf("%s is no folder of law: name one that holds book.yaml or amendment.yaml", dir)
		}
		folders = append(folders, law.Folder{Name: dir, Files: os.DirFS(dir)})
	}
	if folders == nil {
		return lib, nil, nil
	}
	return law.With(lib, folders...)
}
