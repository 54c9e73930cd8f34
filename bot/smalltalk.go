package bot

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// smallTalk is the short human reply to a message that is nothing but greetings, thanks and the like, or "" for
// any other message. "hi, which pillow helps?" is a question.
func smallTalk(text string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.NewReplacer("’", "", "'", "").Replace(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	if len(words) == 0 || len(words) > maxSmallTalk {
		return ""
	}
	for i, w := range words {
		if words[i] = unstretch(w); !smallTalkWords()[words[i]] {
			return ""
		}
	}
	found := none
	for len(words) > 0 {
		n, kind := longestPhrase(words)
		if n == 0 {
			return ""
		}
		found = max(found, kind)
		words = words[n:]
	}
	return smallTalkReplies[found]
}

// maxSmallTalk is how many words small talk may have: "hi there, thank you so much for your help, that was great".
const maxSmallTalk = 14

// unstretch undoes "heyyyy" and "thanksss": a letter that stands three times or more stands once.
func unstretch(word string) string {
	runes := []rune(word)
	var out []rune
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && runes[j] == runes[i] {
			j++
		}
		if j-i >= 3 {
			out = append(out, runes[i])
		} else {
			out = append(out, runes[i:j]...)
		}
		i = j
	}
	return string(out)
}

// longestPhrase finds the phrase of the table that takes most of the words.
func longestPhrase(words []string) (n int, kind talk) {
	text := strings.Join(words, " ") + " "
	for k, phrases := range smallTalkPhrases() {
		if found := phrases.FindString(text); found != "" {
			if count := strings.Count(found, " "); count > n || count == n && k > kind {
				n, kind = count, k
			}
		}
	}
	return n, kind
}

// A talk is a kind of small talk. Where a message holds several, the greatest decides the reply.
type talk int

const (
	none talk = iota // filler, which says nothing of its own
	greeting
	goodbye
	praise
	thanks
	sorry
	howAreYou
	who
	keeps
	ask
)

var smallTalkReplies = map[talk]string{
	none:      textAsk,
	greeting:  textGreeting,
	goodbye:   textGoodbye,
	praise:    textPraise,
	thanks:    textThanks,
	sorry:     textSorry,
	howAreYou: textHowAreYou,
	who:       textWho,
	keeps:     textKeeps,
	ask:       textAsk,
}

// smallTalkWords are all words that stand in the phrases. A question holds another word, which tells it from small talk
// a hundred times sooner than the phrases do. smalltalk.txt is made of them by "go test ./bot -update".
var smallTalkWords = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool)
	for w := range strings.FieldsSeq(smallTalkText) {
		words[w] = true
	}
	return words
})

//go:embed smalltalk.txt
var smallTalkText string

// smallTalkPhrases match a phrase of their kind, whole words only, at the beginning. They are compiled when the first
// message asks for it, which nobody notices; every start would.
var smallTalkPhrases = sync.OnceValue(func() map[talk]*regexp.Regexp {
	out := make(map[talk]*regexp.Regexp)
	for k, phrases := range smallTalkTable {
		out[k] = regexp.MustCompile(`^(?:` + phrases + `) `)
		out[k].Longest()
	}
	return out
})

// smallTalkTable has the phrases of each kind, folded: lower case, without apostrophes. Of alternatives the longest
// counts. Fillers are words that may stand beside others; alone they are small talk too ("ok", "lol").
var smallTalkTable = map[talk]string{
	none: phrases(`ok|okay|k|kk|lol|haha|hehe|hm+|oh|ah|um|uh|well|so|and|but|then|too|also|fine|the|a|bot|redpin|there|here|all|everyone|everybody|folks`,
		`guys|team|mate|friend|my friend|buddy|dear|sir|maam|man|dude|love|hun|x+|xo+|for now|now|again|today|please|pls|just|really|very|much|back|anyway|btw`,
		`yes|yeah|yep|yup|no|nope|nah|sure|right|exactly|i see|got it|gotcha|alright|understood|makes sense|will do|(i )?(ll|will) try( it| that| this)?|test|testing|ping`,
		`for (your |the |all (your |the )?)?(help|advice|info|information|answer|answers|answering|tip|tips|reply|that|this|everything|listening|being here)`,
		`a lot|so much|lots|a bunch|a million|a ton|loads|in advance|sorry|my bad|never ?mind|nvm|forget it|(nice|good|lovely) weather( today)?`),
	greeting: phrases(`(hi|hello|hey|hiya|heya|hey ya|howdy|yo|oi|hallo|hola|bonjour|ciao|salut|ola|namaste|salaam|salam|ahoy|sup|greetings)`,
		`(good |g)?(morning|afternoon|evening|mornin|day)( to (you|you all|everyone|all))?|gday`,
		`(is )?any(one|body) (here|there|around|home|awake)|(are )?(you|u) (there|awake|online|around|up)|hello world`,
		`(im|i am) new( here)?|just joined|(nice|pleased|good|great) to (meet|see) (you|u|you all)`),
	goodbye: phrases(`bye|bye ?bye|good ?bye|cya|see (ya|you|u)( (later|soon|tomorrow|around))?|later|laters|farewell|good ?night|gn|night( night)?|take care|cheerio|ttyl|talk (to (you|u) )?(later|soon)`,
		`have a (nice|good|great|lovely) (one|day|evening|night|week|weekend)|(im|i am) off|(i )?(gotta|got to|have to|must) go|adios|tschuss|au revoir`),
	praise: phrases(`(good|nice|great|best|clever|smart) (bot|job|one|work|stuff|answer|advice)|cool|nice|great|awesome|amazing|perfect|brilliant|lovely|excellent|fantastic|wonderful|sweet|neat|super|wow|well done|legend|interesting|good to know`,
		`(i )?(love|like) (it|this|that|you|u|this bot)|((this|that|thats|it|its|it is|that is|this is|youre|you are|you were|ur|was|is|were) )*((so|very|really|super|actually|most|incredibly) )?(much )?(helpful|useful|great|good|perfect|awesome|amazing|the best|brilliant|lovely|kind)`,
		`(this|that|it|you) (really |actually |totally )?(helps|helped|works|worked)( me)?( a lot| so much| loads)?|(you|u) rock`),
	thanks: phrases(`(many |big |huge )?(thanks|thank (you|u|ya|yous)|thankyou|thx|thnx|tnx|thanx|ty|tysm|tyvm|cheers|ta)|(its |this is |thats )?(much |really |very )?appreciated|(i )?(really |so |very much )?appreciate (it|that|this|you|your help|the help)`,
		`merci|gracias|danke|grazie|obrigad[oa]|(youve|you have) been (a great help|(very |so |really )?helpful)|(god )?bless( you)?`),
	sorry: phrases(`(bad|stupid|dumb|useless|rubbish|terrible) bot|useless|((this|that|thats|that is|that was|this is|you are|youre|ur) )?(wrong|useless|rubbish|not helpful|unhelpful|not (right|correct)|not what i (asked|meant|wanted|said))|wrong answer`,
		`(that|this|it|you) (didnt|did not|doesnt|does not|dont|do not) (help|work|answer( my question| me)?|understand( me)?)( me)?( at all)?|(you|u|this bot) sucks?`),
	howAreYou: phrases(`how (are|r) (you|u|ya)( doing| feeling| today| all)*|hows it going|how is it going|how (you|u) doing|(whats|what is|wats) up|was+up|wazzup|how do you do|how have (you|u) been|how(s| is| are) (life|things|your day)|(are )?(you|u) (ok|okay|alright|good|well)`),
	who: phrases(`(so )?(who|what) (the hell |the heck |exactly )?(are|r) (you|u)( exactly| really| then| anyway)?|(whats|what is) (your|ur) name|(do|have) (you|u) (have |got )?a name|your name`,
		`(are|r|is) (you|u|this|it|that) (actually |really |even |just )?(a |an |the )?(real |actual |live )?(`+machine+`|`+expert+`|real|alive|sentient|open source)( (or|and) (just )?(a |an )?(real |actual )?(`+machine+`|`+expert+`))?`,
		`(you|u) (a |an )?(real )?(`+machine+`)|is there (a |any )?(real )?(human|person|people|someone|anyone|anybody)( here| behind this| there)?`,
		`(am i|are we) (talking|speaking|chatting|writing) (to|with) (a |an )?(real )?(`+machine+`|`+expert+`)( (or|and) (a |an )?(real )?(`+machine+`))?|(who|what) (am i|are we) (talking|speaking|chatting|writing) (to|with)`,
		`who (made|built|created|wrote|programmed|runs|owns|designed|coded|trained|is behind) (you|u|this|it|this bot|this thing)|where are (you|u) from|how old are (you|u)|where do (you|u) live`,
		`(tell me )?about (you|yourself)|tell me about (you|yourself)|(whats|what is) (redpin|this bot|this|this thing|this chat|this channel)( for| about)?|how (do|does) (you|this|it|this bot|the bot) work`,
		`(can|should) i trust (you|this|this bot)|do (you|u) (use (ai|chatgpt|gpt|a language model)|sleep|eat|have feelings|dream|get tired|like me|love me)|(tell me|tell) (a|another) joke|say something funny|(do|can) (you|u) speak (`+tongue+`)|(which|what) languages? do (you|u) (speak|know)|(will (you|u) )?marry me`),
	keeps: phrases(`(do|does|will|can|are) (you|u|this|it|this bot|the bot|anyone|anybody|somebody|others|the mods|mods|moderators|admins) (store|save|keep|record|log|track|share|sell|remember|saving|storing|recording|keeping|logging) (what (i|we) (say|write|type|ask|tell you)|(all )?(my|our|the|these|this)( (data|messages?|chats?|conversations?|questions?|texts?|history))?|me|everything)( here| anywhere)?`,
		`is (this|it|that|the chat|this chat|our chat|everything) (really |completely |actually )?(private|anonymous|confidential|secret|recorded|logged|safe to write|encrypted)( here)?|who (else )?(can|will) (see|read) (this|it|my messages?|what i (say|write|type|ask))( here)?`,
		`what do (you|u) do with (my|the) (data|messages?|info|information|questions?)|what do (you|u) (store|save|keep|know about me)|privacy( policy)?|gdpr|(please )?delete my data`),
	ask: phrases(`help( me)?|(can|could|would|will) (you|u) (please )?help( me| us)?( out)?( with (something|this|a question|a problem|sth))?( please)?|(i )?need (some |your )?help( with (something|a question))?`,
		`what (can|could|do|would) (you|u) (do|know|offer|help( me)?( with)?|answer|tell me)( here| about)?|what (can|could|should|may) i (ask|do|write|say)( you| here| about| u)*|(what|which) (questions?|topics?|things|subjects?|stuff) (can|could|do) (i|you|u) (ask|know|answer|cover|help with)( you| here| about)*`,
		`what (are|r) (you|u) (for|good for|able to do|here for)|what do you do here|(i )?(have|got|ive got) (a |another )?(quick |small |little |silly |stupid )?question|(quick |silly )?question|(can|may|could) i ask( you)?( a question| something| anything| sth)?`,
		`(how (do|can|should|to) (i )?use (you|this|this bot|it|the bot))|commands|what (are )?(your )?commands( do you have)?|menu|topics|start|show me what (you|u) can do|what now`),
}

const (
	machine = `bot|robot|chatbot|machine|computer|program|ai|llm|chat ?gpt|gpt|human|human being|person|man|woman|someone|people|guy|girl|somebody`
	tongue  = `english|german|deutsch|french|spanish|espanol|italian|portuguese|dutch|polish|russian|ukrainian|turkish|arabic|hindi|urdu|bengali|chinese|japanese|korean|vietnamese|tagalog|swedish|greek|romanian|other languages`
	expert  = `doctor|physician|nurse|therapist|physio|clinician|expert|medical professional|professional|specialist|moderator|mod|admin`
)

// phrases joins alternatives.
func phrases(alternatives ...string) string { return strings.Join(alternatives, "|") }
