package bot

// All sentences that redpin says of its own are here, so that they can be read, and one day translated,
// together. Texts about health are never here: they are in the packs.
const (
	textAsk        = "Ask me a question in your own words, or type /topics to see what I can answer."
	textSuggest    = "I'm not sure which of these you mean:"
	textDoubt      = "I'm not sure that I have an answer to that. Is it one of these?"
	textAbstain    = "I don't have an answer to that."
	textNearest    = "I don't have an answer to that. The nearest I have:"
	textTopics     = "What I can answer, by topic:"
	textTopic      = "What I can answer about **%s**:"
	textNoTopics   = "There is nothing loaded that I could answer."
	textTrouble    = "Something went wrong on my side, so I could not look that up. Please ask again in a moment."
	textGoneChoice = "That choice belongs to knowledge that has changed since. Please ask again, or type /topics."
	textNoCommand  = "I don't know that command. Type /help to see what I can do, or just ask."
	textNotAllowed = "Only moderators can reload the knowledge."
	textReloadMode = "Nothing has changed. Write /reload to load the knowledge again, or /reload dry to see what that would change."
	textReloading  = "A reload is already running. Please wait for its result."
	textReloadFail = "The knowledge could not be read, so nothing has changed. The log of the program says more."
	textAlsoTell   = "**When you are seen, mention this too:** %s."

	textGreeting = "Hello! Ask me a question in your own words, or type /topics to see what I can answer."
	textThanks   = "You're welcome. Take care!"
	textGoodbye  = "Goodbye, and take care!"
	textWho      = "I'm redpin, a bot, not a person. I look up answers that people wrote in advance. " +
		"Type /topics to see what I can answer, or /about to learn more."
	textKeeps     = "I keep nothing of what you write: no texts, no names, no histories. My log has counts and error messages only."
	textHowAreYou = "All well here, thank you. What would you like to know?"
	textPraise    = "Glad to help. Is there anything else you'd like to know?"
	textSorry     = "I'm sorry that didn't help. Try other words, or type /topics to see what I can answer."

	textHelped = "Thank you, I'm glad it helped."
	textFailed = "Thank you for saying so; it helps to mend the answer. Ask again in other words, or type /topics to see what else I can answer."

	labelMore       = "More"
	labelTopics     = "All topics"
	labelWhole      = "Read more in private"
	labelHelpful    = "Helpful"
	labelNotHelpful = "Not helpful"
)
