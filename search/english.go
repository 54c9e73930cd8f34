package search

import "strings"

// englishEquals are words that people exchange freely when they ask for help, whatever the subject. Each line is a
// group. A pack's own synonyms count whole; these count less (equalWeight), because their meaning depends on the subject.
const englishEquals = `
email mail
picture photo image pic screenshot
delete remove erase
buy purchase order
price cost rate fee charge
fix solve solution resolve repair workaround
error problem issue fail failure bug trouble wrong
start begin launch run
stop disable prevent avoid deactivate
large big size huge
small little tiny
show display view see
folder directory
message chat pm dm
find locate search lookup
change modify edit adjust alter
create make build
install setup
receive get obtain
discount offer coupon deal
phone mobile cell call
app application software program tool
backup export archive save
document doc file
info information detail
allow permit enable
delay late slow
return refund exchange
ship deliver delivery shipping
cancel abort
difference differ different compare versus vs
recommend suggest advise best
choose select pick
safe secure security
connect link
multiple several many various
automatic automatically auto
reason why cause
doctor physician
pain hurt ache
one 1
two 2
three 3
four 4
five 5
six 6
seven 7
eight 8
nine 9
ten 10
talk speak tell discuss conversation
car vehicle
money pay payment
quick fast rapid
need require necessary must
join register signup enroll
login signin logon
password passcode
website site webpage
video clip
happen occur
increase raise grow
often frequent frequently
partner spouse husband wife
afraid scared fear worry anxious
tired exhausted fatigue
`

// equalsOf maps the stem of each word to the stems of its group.
func equalsOf(l *language) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(englishEquals) {
		group := strings.Fields(line)
		for i, word := range group {
			group[i] = l.stem(word)
		}
		for _, stem := range group {
			for _, other := range group {
				if other != stem {
					out[stem] = append(out[stem], other)
				}
			}
		}
	}
	return out
}
