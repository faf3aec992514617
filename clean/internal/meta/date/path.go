package date

import "time"

// Path reads /2015/09/16/, /2015-09-16- and /20150916/ in the path of an address,
// and returns the zero time if there is none.
func (r *Reader) Path(path string) time.Time {
	for i := 0; i+8 <= len(path); i++ {
		if path[i] < '1' || path[i] > '2' || i > 0 && path[i-1] >= '0' && path[i-1] <= '9' {
			continue
		}
		var v [3]int
		n := 0
		j := i
		ok := true
		for part, width := range [...]int{4, 2, 2} {
			if part > 0 && j < len(path) && (path[j] == '/' || path[j] == '-' || path[j] == '_') {
				j++
				n++
			}
			k := j
			for k < len(path) && k-j < width && path[k] >= '0' && path[k] <= '9' {
				v[part] = v[part]*10 + int(path[k]-'0')
				k++
			}
			if k == j || part == 0 && k-j < 4 || n == 0 && k-j < width {
				ok = false
				break
			}
			j = k
		}
		if !ok || n == 1 || j < len(path) && path[j] >= '0' && path[j] <= '9' {
			continue
		}
		if t, ok := r.day(v[0], v[1], v[2], minShown); ok {
			return t
		}
	}
	return time.Time{}
}
