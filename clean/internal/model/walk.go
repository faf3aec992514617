package model

// fewRows is up to how many rows go through deep trees one by one: a batch takes as long for
// a few as for many.
const fewRows = 10

// walk adds the leaves of the trees from..to-1 to which a row comes to a sum, in their order.
// It goes through four trees at a time, of which none waits for another.
func (e *Ensemble) walk(row *[256]uint8, sum float32, from, to int) float32 {
	t := from
	for ; t+4 <= to; t += 4 {
		if e.depth == lowDepth {
			sum = e.fourLow(row, sum, t)
		} else {
			sum = e.fourHigh(row, sum, t)
		}
	}
	size := 1 << e.depth
	for ; t < to; t++ {
		nodes := e.nodes[t*size:][:size]
		k := uint32(1)
		for range e.depth {
			node := nodes[k]
			k = 2*k + step(node, row[node&0xff])
		}
		sum += e.leaves[t*size+int(k)-size]
	}
	return sum
}

// fourLow does it for the four trees from t on, of a low depth. Sizes that the compiler
// knows spare bounds checks.
func (e *Ensemble) fourLow(row *[256]uint8, sum float32, t int) float32 {
	const size = 1 << lowDepth
	nodes, leaves := (*[4 * size]uint32)(e.nodes[t*size:]), (*[4 * size]float32)(e.leaves[t*size:])
	a, b, c, d := uint32(1), uint32(1), uint32(1), uint32(1)
	for range lowDepth {
		x, y, z, w := nodes[a%size], nodes[size+b%size], nodes[2*size+c%size], nodes[3*size+d%size]
		a, b = 2*a+step(x, row[x&0xff]), 2*b+step(y, row[y&0xff])
		c, d = 2*c+step(z, row[z&0xff]), 2*d+step(w, row[w&0xff])
	}
	return sum + leaves[a%size] + leaves[size+b%size] + leaves[2*size+c%size] + leaves[3*size+d%size]
}

// fourHigh does the same for trees of greater depth.
func (e *Ensemble) fourHigh(row *[256]uint8, sum float32, t int) float32 {
	const size = 1 << highDepth
	nodes, leaves := (*[4 * size]uint32)(e.nodes[t*size:]), (*[4 * size]float32)(e.leaves[t*size:])
	a, b, c, d := uint32(1), uint32(1), uint32(1), uint32(1)
	for range highDepth {
		x, y, z, w := nodes[a%size], nodes[size+b%size], nodes[2*size+c%size], nodes[3*size+d%size]
		a, b = 2*a+step(x, row[x&0xff]), 2*b+step(y, row[y&0xff])
		c, d = 2*c+step(z, row[z&0xff]), 2*d+step(w, row[w&0xff])
	}
	return sum + leaves[a%size] + leaves[size+b%size] + leaves[2*size+c%size] + leaves[3*size+d%size]
}
