package chars

// Spaceless reports whether a character belongs to a script that is written without
// spaces between words: Chinese, Japanese, Thai, Lao.
func Spaceless(r rune) bool {
	return r >= 0x3040 && r < 0xA000 || r >= 0xF900 && r < 0xFB00 || r >= 0x20000 && r < 0x30000 || r >= 0x0E00 && r < 0x0F00
}

// SpacelessInBlocks is Spaceless as the model of blocks was trained on: without Lao.
func SpacelessInBlocks(r rune) bool { return Spaceless(r) && (r < 0x0E80 || r > 0x0EFF) }

// SpacelessInLines is Spaceless as the rules for lines were written for and their
// model was trained on: without Thai and Lao, and without what is no letter among
// Chinese and Japanese characters.
func SpacelessInLines(r rune) bool {
	return r >= 0x3040 && r <= 0x30FF && r != '・' || r >= 0x3400 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF || r == '々'
}

// SpacelessInLabels is Spaceless as the blocks were labelled by that their model was
// trained on: each syllable of Korean is a word as well, and Lao is left out.
func SpacelessInLabels(r rune) bool {
	return r >= 0x3040 && r < 0xA000 || r >= 0xAC00 && r < 0xD800 || r >= 0x0E00 && r < 0x0E80
}
