package gs1

import "fmt"

// CheckDigit is the check digit of a string of digits that lacks it: weights 3 and 1 alternate from the right, and the digit fills
// the sum up to a multiple of ten (GS1 General Specifications, section 7.9.1). It panics on anything but ASCII digits.
func CheckDigit(digits string) byte {
	if !allDigits(digits) {
		panic(fmt.Sprintf("gs1: check digit of %q: not all digits", digits))
	}
	return checkDigit(digits)
}

func checkDigit[T string | []byte](digits T) byte {
	sum, weight := 0, 3
	for i := len(digits) - 1; i >= 0; i-- {
		sum += int(digits[i]-'0') * weight
		weight = 4 - weight
	}
	return byte('0' + (10-sum%10)%10)
}

// checked reads digits of one of the given lengths whose last is their check digit.
func checked(kind, s string, lengths ...int) error {
	if !allDigits(s) || s == "" {
		return fmt.Errorf("%s %q: want digits only", kind, s)
	}
	fits := false
	for _, n := range lengths {
		fits = fits || len(s) == n
	}
	if !fits {
		return fmt.Errorf("%s %q: has %d digits, want %v", kind, s, len(s), lengths)
	}
	if want := CheckDigit(s[:len(s)-1]); s[len(s)-1] != want {
		return fmt.Errorf("%s %q: check digit is %c, the other digits give %c: one digit is mistyped or two are swapped", kind, s, s[len(s)-1], want)
	}
	return nil
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
