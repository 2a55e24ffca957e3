package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/rules"
)

func lawCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "law",
		Short: "The books: their words, their values with dates and sources, their cases and open questions",
	}, lawListCommand(), lawShowCommand(), lawDiffCommand(), lawTestCommand(), lawDoubtsCommand())
}

func lawListCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "The books and the clause versions they hold", Args: args(0, 0)}
	asJSON := jsonFlag(cmd)
	lawFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		lib, _, err := loadLaw(cmd)
		if err != nil {
			return err
		}
		type row struct {
			Book     string     `json:"book"`
			Kind     rules.Kind `json:"kind"`
			Title    string     `json:"title"`
			Versions []string   `json:"versions"`
			Digest   string     `json:"digest"`
			Amended  []string   `json:"amended,omitempty"`
		}
		var rows []row
		t := newTable("book", "kind", "versions", "title")
		for _, b := range lib {
			r := row{Book: b.ID, Kind: b.Kind, Title: b.Title, Digest: b.Digest, Versions: []string{}}
			for _, v := range b.Versions {
				r.Versions = append(r.Versions, v.ID)
			}
			rows = append(rows, r)
			title := b.Title
			for _, a := range b.Amended {
				word := "amended by "
				if a.Pending {
					word = "as if enacted: "
				}
				r.Amended = append(r.Amended, word+a.Name)
				title += "; " + word + a.Name
			}
			t.AppendRow([]any{b.ID, b.Kind, strings.Join(r.Versions, ", "), title})
		}
		if *asJSON {
			return printJSON(cmd, struct {
				Notice string `json:"notice"`
				Books  []row  `json:"books"`
			}{rules.Advice, rows})
		}
		if err := printTable(cmd.OutOrStdout(), t); err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "\n%s; the digest of each book stands in lodestone law show BOOK\n", rules.Advice)
		return nil
	}
	return cmd
}

// findBook is the book with an id, or the one whose id ends so.
func findBook(cmd *cobra.Command, id string) (*rules.Book, error) {
	lib, _, err := loadLaw(cmd)
	if err != nil {
		return nil, err
	}
	if b := lib.Book(id); b != nil {
		return b, nil
	}
	for _, b := range lib {
		if strings.HasSuffix(b.ID, id) {
			return b, nil
		}
	}
	return nil, knownBook(lib, id)
}

// knownBook tells whether there is the book that --book names, "" for none.
func knownBook(lib rules.Library, id string) error {
	var ids []string
	for _, b := range lib {
		if b.ID == id {
			return nil
		}
		ids = append(ids, b.ID)
	}
	if id == "" {
		return nil
	}
	return fmt.Errorf("no book %q: there are %s", id, strings.Join(ids, ", "))
}
