//go:build !linux

package fault

import "errors"

func smallDisk(string, string) error { return errors.ErrUnsupported }

func enlarge(string, string) error { return errors.ErrUnsupported }

func unmount(string) error { return errors.ErrUnsupported }
