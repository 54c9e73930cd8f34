package bot

// locals are the commands in other languages, by name and language.
var locals = map[string]map[string]Local{
	"ask": {
		"de": {"fragen", "Eine Frage stellen"},
		"es": {"preguntar", "Hacer una pregunta"},
		"fr": {"demander", "Poser une question"},
		"it": {"chiedi", "Fare una domanda"},
		"nl": {"vragen", "Een vraag stellen"},
		"pt": {"perguntar", "Fazer uma pergunta"},
	},
	"topics": {
		"de": {"themen", "Zeigen, was ich beantworten kann"},
		"es": {"temas", "Ver lo que puedo responder"},
		"fr": {"sujets", "Voir à quoi je peux répondre"},
		"it": {"argomenti", "Vedere a cosa so rispondere"},
		"nl": {"onderwerpen", "Zien wat ik kan beantwoorden"},
		"pt": {"temas", "Ver o que posso responder"},
	},
	"help": {
		"de": {"hilfe", "Wie man fragt, und alle Befehle"},
		"es": {"ayuda", "Cómo preguntar, y todos los comandos"},
		"fr": {"aide", "Comment demander, et toutes les commandes"},
		"it": {"aiuto", "Come chiedere, e tutti i comandi"},
		"nl": {"hulp", "Hoe je vraagt, en alle opdrachten"},
		"pt": {"ajuda", "Como perguntar, e todos os comandos"},
	},
	"about": {
		"de": {"info", "Wer ich bin, woher die Antworten kommen, was ich behalte"},
		"es": {"acerca", "Quién soy, de dónde vienen las respuestas, qué guardo"},
		"fr": {"infos", "Qui je suis, d'où viennent les réponses, ce que je garde"},
		"it": {"info", "Chi sono, da dove vengono le risposte, che cosa conservo"},
		"nl": {"info", "Wie ik ben, waar de antwoorden vandaan komen, wat ik bewaar"},
		"pt": {"sobre", "Quem sou, de onde vêm as respostas, o que guardo"},
	},
	"status": {
		"de": {"status", "Was geladen ist, und seit wann"},
		"es": {"estado", "Qué está cargado, y desde cuándo"},
		"fr": {"statut", "Ce qui est chargé, et depuis quand"},
		"it": {"stato", "Che cosa è caricato, e da quando"},
		"nl": {"status", "Wat er geladen is, en sinds wanneer"},
		"pt": {"estado", "O que está carregado, e desde quando"},
	},
	"reload": {
		"de": {"neuladen", "Das Wissen neu laden (Moderation)"},
		"es": {"recargar", "Volver a cargar el conocimiento (moderación)"},
		"fr": {"recharger", "Recharger les connaissances (modération)"},
		"it": {"ricarica", "Ricaricare le conoscenze (moderazione)"},
		"nl": {"herladen", "De kennis opnieuw laden (moderatie)"},
		"pt": {"recarregar", "Recarregar o conhecimento (moderação)"},
	},
}
