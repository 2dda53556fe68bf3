package plan

// Problem is something a careful reader would want to know of a document. Parsing never fails: it records these.
type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message,omitempty"`
	Span    Span   `json:"span,omitzero"`
}

// The codes of problems. Codes are added, never renamed.
const (
	BlankNumber      = "blank_number"
	BlankDate        = "blank_date"
	MissingHeader    = "missing_header"
	MissingSignature = "missing_signature"
	RepeatedLabel    = "repeated_label"
	LabelJump        = "label_jump"
	TruncatedSource  = "truncated_source"
	GarbledText      = "garbled_text"
	MalformedDate    = "malformed_date"
	DateConflict     = "date_conflict"
	SymbolConflict   = "symbol_conflict"
	ForeignPassage   = "foreign_passage"
	MissingAnnex     = "missing_annex"
	NumberingLost    = "numbering_lost"
	LowOCRConfidence = "low_ocr_confidence"
	Unreadable       = "unreadable"
	Encrypted        = "encrypted"
	OCRMissing       = "ocr_missing"
	LimitExceeded    = "limit_exceeded"
	TextRepaired     = "text_repaired"
	MalformedNumber  = "malformed_number"
	LevelDoubtful    = "level_doubtful"
	AmbiguousPlace   = "ambiguous_place"
	UnreadableField  = "unreadable_field"
)

// ProblemCodes lists every code, in the order of their names above.
var ProblemCodes = []string{
	BlankNumber, BlankDate, MissingHeader, MissingSignature, RepeatedLabel, LabelJump, TruncatedSource,
	GarbledText, MalformedDate, DateConflict, SymbolConflict, ForeignPassage, MissingAnnex, NumberingLost,
	LowOCRConfidence, Unreadable, Encrypted, OCRMissing, LimitExceeded, TextRepaired, MalformedNumber,
	LevelDoubtful, AmbiguousPlace, UnreadableField,
}
