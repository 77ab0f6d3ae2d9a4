package app

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/public/publicreport"
	"anlan/record/access"
	"anlan/record/book"
	places "anlan/resource/place"
)

// Information is what somebody of the public tells the bureau (举报). Whoever tells may stay nameless; what it says, of whom, and who it
// is are restricted.
type Information struct {
	Subject  publicreport.Subject
	Place    place.Code // where it is; empty: not said
	Target   string     // who is reported
	Content  string
	Reporter string
	Phone    string
	Key      string // of the form: the same form that is sent twice is one report
}

// Receipt is what an informant keeps: with both it can ask what became of the report.
type Receipt struct{ Number, Code string }

// Applying writes changes, as book.Book.Apply does.
type Applying func(ctx context.Context, actor access.Actor, changes []book.Change) ([]book.Done, error)

// Faults of public reports that come by a form.
var (
	ErrNothingTold = fault.Define("app.nothing_told", fault.Invalid,
		"请写明举报内容，至少%d个字：什么人、什么时候、在什么地方、有什么隐患或违法行为", "say what is reported, in at least %d characters: who, when, where, which hazard or illegal act")
	ErrNotOurs = fault.Define("app.not_ours", fault.Invalid,
		"“%s”不在本市所辖的县（市、区）之中", "%q is none of the counties of this city")
	ErrNoSuchReceipt = fault.Define("app.no_such_receipt", fault.NotFound,
		"没有这个举报编号，或查询码不对", "there is no report of this number, or the code is another")
)

const (
	contentLeast  = 10 // characters
	numberLetters = 6
	codeLetters   = 10 // 50 bits
)

// letters of numbers and codes: none is taken for another when it is read out or written down (Crockford).
var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// numberOf is the serial number of what was received on a day by a form: whoever knows the key of the form knows it, and nobody else can tell it
// from the next.
func numberOf(day period.Day, key string) string {
	sum := sha256.Sum256([]byte(key))
	return "W" + strings.ReplaceAll(day.String(), "-", "") + "-" + letters.EncodeToString(sum[:])[:numberLetters]
}

// codeOf is the code of a receipt: made by the key of this machine, so that whoever has the record, its number and its id cannot make it, and
// kept nowhere.
func (a *App) codeOf(id ident.ID) (string, error) {
	key, err := a.sealing()
	if err != nil {
		return "", err
	}
	tag, err := key.Tag("receipt of a public report", id.String())
	if err != nil {
		return "", err
	}
	c := letters.EncodeToString(tag)[:codeLetters]
	return c[:codeLetters/2] + "-" + c[codeLetters/2:], nil
}

// resentDays is for how many days a form that is sent again is the report that it was.
const resentDays = 7

// Inform records what somebody of the public tells, and gives the receipt. The same form that is sent again, also after midnight, is the same
// report. The journal keeps no address of whoever did. Faults: ErrNothingTold, ErrNotOurs, and those of the kind.
func (a *App) Inform(ctx context.Context, apply Applying, unit place.Unit, i Information) (r Receipt, err error) {
	today := period.DayAt(a.Clock().Now())
	p := &publicreport.Report{Number: numberOf(today, i.Key), ReceivedOn: today, Channel: "web", Subject: i.Subject}
	p.Unit, p.Place = unit, i.Place
	var faults fault.List
	said := map[string]string{"target": i.Target, "content": i.Content, "reporter": i.Reporter, "phone": i.Phone}
	for n, f := range publicreport.Kind.Fields() {
		if text, has := said[f.Code]; has {
			if err := faults.Add(fault.At(publicreport.Kind.Parse(p, n, strings.TrimSpace(text)), fault.Where{Field: f.Code})); err != nil {
				return r, err
			}
		}
	}
	if len([]rune(p.Content)) < contentLeast {
		faults = append(faults, ErrNothingTold.With(contentLeast))
	}
	if i.Place != "" {
		ours, err := a.CountiesOf(ctx, unit)
		if err != nil {
			return r, err
		}
		if !slices.ContainsFunc(ours, func(p places.Place) bool { return p.Code == i.Place }) {
			faults = append(faults, ErrNotOurs.With(i.Place))
		}
	}
	if err := faults.Err(); err != nil {
		return r, err
	}
	done, err := apply(ctx, informant(unit), []book.Change{{Kind: publicreport.Kind.Code(), Action: access.Create, Record: p, Key: i.Key}})
	for ago := 1; errors.Is(err, book.ErrKeyReused) && ago <= resentDays; ago++ {
		before := *p // as it was sent on the day on which it came first
		before.ReceivedOn = today.Add(-ago)
		before.Number = numberOf(before.ReceivedOn, i.Key)
		var again error
		if done, again = apply(ctx, informant(unit), []book.Change{{Kind: publicreport.Kind.Code(), Action: access.Create, Record: &before, Key: i.Key}}); !errors.Is(again, book.ErrKeyReused) {
			err = again
		}
	}
	if err != nil {
		return r, err
	}
	code, err := a.codeOf(done[0].ID)
	if err != nil {
		return r, err
	}
	err = a.Book.Read(ctx, asker(unit), 0, func(v *book.View) error {
		stored, err := v.Get(publicreport.Kind.Code(), done[0].ID)
		if err == nil {
			r = Receipt{stored.(*publicreport.Report).Number, code}
		}
		return err
	})
	return r, err
}

func informant(unit place.Unit) access.Actor { return nameless(access.Informant, unit) }

func asker(unit place.Unit) access.Actor { return nameless(access.Asker, unit) }

// nameless is an actor of whom the journal keeps nothing but that it was not signed in.
func nameless(role access.Role, unit place.Unit) access.Actor {
	return access.Actor{Name: "公众", Role: role, Unit: unit, Via: "public"}
}

// CountiesOf are the counties under a bureau as they stand today, in order of code.
func (a *App) CountiesOf(ctx context.Context, unit place.Unit) (out []places.Place, err error) {
	err = a.Book.Read(ctx, informant(unit), 0, func(v *book.View) error {
		tree, err := v.PlaceTree()
		if err != nil {
			return err
		}
		for _, c := range tree.On(place.Code(unit), period.DayAt(a.Clock().Now())) {
			found, err := v.Find(places.Kind.Code(), string(c))
			if err != nil {
				return err
			}
			if p := found.(*places.Place); p.Level == places.County {
				out = append(out, *p)
			}
		}
		return nil
	})
	return out, err
}

// Informed is the report of a receipt, without what is restricted. Fault: ErrNoSuchReceipt, whichever of the two does not fit.
func (a *App) Informed(ctx context.Context, unit place.Unit, r Receipt) (p *publicreport.Report, err error) {
	err = a.Book.Read(ctx, asker(unit), 0, func(v *book.View) error {
		found, err := v.Find(publicreport.Kind.Code(), strings.ToUpper(strings.TrimSpace(r.Number)))
		if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
			return ErrNoSuchReceipt.With()
		}
		if err != nil {
			return err
		}
		p = found.(*publicreport.Report)
		code, err := a.codeOf(p.ID)
		if err != nil {
			return err
		}
		given := strings.ToUpper(strings.TrimSpace(r.Code))
		if p.Channel != "web" || subtle.ConstantTimeCompare([]byte(given), []byte(code)) != 1 {
			return ErrNoSuchReceipt.With()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}
