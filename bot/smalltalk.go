package bot

import (
	"strings"
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
		words[i] = unstretch(w)
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

// maxPhrase is the length of the longest phrase of the table, in words.
const maxPhrase = 6

func longestPhrase(words []string) (n int, kind talk) {
	for n = min(maxPhrase, len(words)); n > 0; n-- {
		if kind, ok := smallTalkPhrases[strings.Join(words[:n], " ")]; ok {
			return n, kind
		}
	}
	return 0, none
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

// smallTalkPhrases are whole phrases, folded: lower case, no apostrophes. Fillers are words that may stand
// beside them; alone they are small talk too ("ok", "lol").
var smallTalkPhrases = func() map[string]talk {
	phrases := make(map[string]talk)
	for kind, list := range map[talk]string{
		none: `ok|okay|k|kk|lol|haha|hehe|hmm|hm|oh|ah|um|uh|well|so|and|but|the|a|bot|redpin|there|all|everyone|everybody|folks|
			guys|mate|friend|buddy|dear|sir|maam|for now|now|again|today|please|just|really|very|much|yes|yeah|yep|yup|no|nope|nah|
			sure|right|i see|got it|gotcha|alright|understood|makes sense|will do|nice one|test|testing|ping|anyway|btw|for your help|
			for the help|for that|for this|for everything|for the info|for the information|for the advice|for the answer|for answering|
			a lot|so much|lots|a bunch|a million|a ton|in advance|back|my friend|man|dude|love|cool then|then|too|also|fine|sorry|my bad|never mind|nevermind|nvm|forget it`,
		greeting: `hi|hello|hey|hiya|heya|hey ya|howdy|yo|hallo|hola|bonjour|ciao|salut|ola|namaste|salaam|salam|ahoy|sup|greetings|
			good morning|good afternoon|good evening|good day|gday|morning|evening|afternoon|mornin|hi all|anyone here|anyone there|
			anybody here|anybody there|anyone around|is anyone here|is anybody here|is anyone there|is anybody there|are you there|
			you there|are you awake|are you online|hello world|im new here|i am new here|just joined|nice to meet you|pleased to meet you`,
		goodbye: `bye|goodbye|good bye|bye bye|byebye|cya|see ya|see you|see you later|see you soon|later|laters|farewell|good night|
			goodnight|gn|night|night night|take care|cheerio|ttyl|talk later|talk to you later|have a nice day|have a good day|
			have a great day|have a good one|have a nice evening|have a good evening|im off|gotta go|got to go|adios|tschuss|au revoir|ciao ciao`,
		praise: `good bot|nice bot|great bot|best bot|cool|nice|great|awesome|amazing|perfect|brilliant|lovely|excellent|fantastic|
			wonderful|sweet|neat|super|wow|well done|good job|great job|nice job|love it|i love it|i like it|that works|very helpful|
			so helpful|super helpful|really helpful|helpful|that was helpful|this was helpful|thats helpful|that is helpful|
			that was great|that was perfect|youre great|you are great|youre the best|you are the best|youre awesome|you are awesome|
			i love you|love you|love this bot|i love this bot|you rock|youre amazing|you are amazing|legend|good to know|thats great|thats good|interesting|
			that helped|that helps|this helps|this helped|it helped|it worked|that worked`,
		thanks: `thanks|thank you|thx|thnx|tnx|thanx|ty|tysm|tyvm|cheers|ta|much appreciated|appreciate it|i appreciate it|appreciated|
			many thanks|thank u|thankyou|big thanks|thanks a lot|thanks a bunch|thank you so much|merci|gracias|danke|grazie|obrigado|obrigada|
			youve been a great help|you have been a great help|youve been very helpful|you were very helpful|you helped me|you helped|
			you helped a lot|god bless you|bless you|bless`,
		sorry: `bad bot|stupid bot|dumb bot|useless|useless bot|wrong|thats wrong|that is wrong|not helpful|that didnt help|that did not help|
			this is useless|you are useless|youre useless|not what i asked|thats not what i asked|that is not what i asked|
			thats not what i meant|not what i meant|wrong answer|that was wrong|you suck|this bot sucks|it didnt help|that doesnt help|
			this doesnt help|you didnt help|you didnt answer my question|you did not answer my question`,
		howAreYou: `how are you|how are you doing|how are you today|how r u|how are u|hows it going|how is it going|whats up|wassup|
			wazzup|how do you do|how have you been|hows life|hows your day|how is your day|you ok|you okay|are you ok|are you okay|how you doing|hows things|how are things`,
		who: `who are you|who r u|who are u|what are you|what r u|whats your name|what is your name|your name|are you a bot|
			are you bot|are you human|are you a human|are you a person|are you a real person|are you real|are you an ai|are you ai|
			is this ai|is this an ai|is this chatgpt|are you chatgpt|are you gpt|r u a bot|r u human|r u real|r u a real person|
			am i talking to a bot|am i talking to a human|am i talking to a person|am i talking to a real person|is this a bot|
			is this a real person|is this a human|is there a human here|are you a robot|is this a robot|you a bot|u a bot|
			are you a doctor|r u a doctor|are you a real doctor|are you a nurse|are you a therapist|are you a medical professional|
			who made you|who built you|who created you|who wrote you|who runs you|who runs this|who runs this bot|who made this bot|
			who made this|who owns you|where are you from|how old are you|tell me about yourself|about you|what is redpin|whats redpin|
			what is this bot|whats this bot|what is this|whats this|how do you work|how does this work|how does this bot work|
			how does it work|are you sentient|are you alive|do you sleep|can i trust you|should i trust you|do you use ai|
			do you have feelings|are you open source|tell me a joke|tell a joke|say something funny|
			do you speak english|which languages do you speak|what languages do you speak|marry me|will you marry me`,
		keeps: `do you store my data|do you save my data|do you save my messages|do you store my messages|do you keep my messages|
			do you save what i say|do you save what i write|do you store what i write|do you remember me|is this private|
			is this anonymous|is this confidential|is this chat private|who can see this|who can see my messages|
			who can read this|what do you do with my data|what do you store|what do you save|privacy|privacy policy`,
		ask: `help|help me|can you help|can you help me|can you help me with something|can you help me please|could you help me|
			i need help|need help|i need some help|what can you do|what do you do|what do you know|what can i ask|what can i ask you|
			what can i ask here|what questions can i ask|what can you help with|what can you help me with|what do you do here|
			what are you for|what are you good for|what are you able to do|what topics do you know|what can you answer|
			what can you tell me|i have a question|i have a quick question|i got a question|got a question|quick question|
			can i ask a question|can i ask you a question|can i ask you something|can i ask something|may i ask a question|
			may i ask you something|question|how do i use you|how do i use this|how do i use this bot|how can i use you|
			how to use this bot|how to use|commands|what are your commands|what commands do you have|menu|topics|start|show me what you can do`,
	} {
		for phrase := range strings.SplitSeq(list, "|") {
			phrases[strings.Join(strings.Fields(phrase), " ")] = kind
		}
	}
	return phrases
}()
