package tariff

import "embed"

//go:embed us
var embedded embed.FS

// US is the schedule of the United States that the program carries. It fails only where that data is faulty.
func US() (*Schedule, error) { return Load(embedded, "us") }
