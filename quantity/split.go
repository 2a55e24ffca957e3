package quantity

import "slices"

// byRemainder is the indexes of the n largest remainders, the earlier first among equals. n is less than the count of
// remainders above zero, since the shares cut off sum to n whole milligrams.
func byRemainder(rest []uint64, n int) []int {
	order := make([]int, len(rest))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case rest[a] > rest[b]:
			return -1
		case rest[a] < rest[b]:
			return 1
		}
		return 0
	})
	return order[:n]
}
