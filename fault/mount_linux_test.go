package fault

import "syscall"

// smallDisk mounts a file system in memory at a folder. It is refused to all but root, and in most containers.
func smallDisk(dir, options string) error { return syscall.Mount("tmpfs", dir, "tmpfs", 0, options) }

// enlarge gives it other options.
func enlarge(dir, options string) error {
	return syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, options)
}

func unmount(dir string) error { return syscall.Unmount(dir, 0) }
