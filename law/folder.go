package law

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lodestone/rules"
)

// Folder is law that a user keeps in a folder of their own: books, each a folder with book.yaml, and amendments to books,
// each a folder with amendment.yaml. A case file beside either holds its cases.
type Folder struct {
	Name  string // as the user names it, for faults and listings
	Files fs.FS
}

// Added is one book or amendment of a folder.
type Added struct {
	Folder string // where it stands
	Book   string // the book's id, or that of the book it amends
	Amends bool
	cases  []rules.Case
}

// With is the library with the law of the folders laid over it: new books after the others, amendments in the order of the
// folders, and within one by path. lib stays as it is. Errors name file, line and column.
func With(lib rules.Library, folders ...Folder) (rules.Library, []Added, error) {
	out := slices.Clone(lib)
	var added []Added
	for _, f := range folders {
		found, err := f.find()
		if err != nil {
			return nil, nil, err
		}
		if len(found) == 0 {
			return nil, nil, fmt.Errorf("no law in %s: it wants folders with book.yaml or amendment.yaml (doc/books.md)", f.Name)
		}
		files := named{f.Files, f.Name}
		for _, file := range found {
			a := Added{Folder: path.Join(f.Name, path.Dir(file))}
			if path.Base(file) == "book.yaml" {
				b, err := rules.LoadBook(files, path.Join(f.Name, path.Dir(file)))
				if err != nil {
					return nil, nil, err
				}
				if out.Book(b.ID) != nil {
					return nil, nil, fmt.Errorf("%s: there is a book %s already: give yours another id, or write an amendment to it", a.Folder, b.ID)
				}
				a.Book, out = b.ID, append(out, b)
			} else if out, err = amend(out, files, path.Join(f.Name, file), &a); err != nil {
				return nil, nil, err
			}
			if name := path.Join(a.Folder, "cases.yaml"); exists(files, name) {
				if a.cases, err = rules.LoadCases(files, name); err != nil {
					return nil, nil, err
				}
			}
			added = append(added, a)
		}
	}
	for _, b := range out {
		if b.Consults != "" && out.Book(b.Consults) == nil {
			return nil, nil, fmt.Errorf("book %s hears %s, which is not there", b.ID, b.Consults)
		}
	}
	return out, added, nil
}

// Cases are the fact patterns that stand beside it.
func (a *Added) Cases() []rules.Case { return a.cases }

func amend(lib rules.Library, files fs.FS, file string, a *Added) (rules.Library, error) {
	id, err := rules.Amends(files, file)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(lib, func(b *rules.Book) bool { return b.ID == id })
	if i < 0 {
		var ids []string
		for _, b := range lib {
			ids = append(ids, b.ID)
		}
		return nil, fmt.Errorf("%s amends %q, and there is no such book: there are %s", file, id, strings.Join(ids, ", "))
	}
	b, err := lib[i].Amend(files, file)
	if err != nil {
		return nil, err
	}
	a.Book, a.Amends, lib[i] = id, true, b
	return lib, nil
}

// find is the books and amendments of a folder: books first, each by path. A file of another name is refused, so that
// none is passed over because of its name.
func (f Folder) find() ([]string, error) {
	var out []string
	err := fs.WalkDir(f.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read %s: %w", f.Name, err)
		}
		switch ext := path.Ext(name); {
		case d.IsDir():
		case path.Base(name) == "book.yaml", path.Base(name) == "amendment.yaml":
			out = append(out, name)
		case path.Base(name) != "cases.yaml" && (ext == ".yaml" || ext == ".yml" || ext == ".json"):
			return fmt.Errorf("%s: not known here: law stands in book.yaml or amendment.yaml, its cases in cases.yaml, each in a folder of its own", path.Join(f.Name, name))
		}
		return nil
	})
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(-cmp.Compare(path.Base(a), path.Base(b)), cmp.Compare(a, b))
	})
	return out, err
}

func exists(files fs.FS, name string) bool {
	_, err := fs.Stat(files, name)
	return err == nil
}

// named is a file system whose names begin with the folder's, so that faults name files as the user does.
type named struct {
	fs.FS
	name string
}

func (n named) Open(name string) (fs.File, error) {
	if rest, ok := strings.CutPrefix(name, path.Clean(n.name)+"/"); ok {
		name = rest
	}
	return n.FS.Open(name)
}
