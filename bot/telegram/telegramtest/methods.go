package telegramtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

type method func(request) (any, *apiError)

// method finds a method whatever its case, and its name as the document writes it.
func (s *Server) method(name string) (string, method) {
	yes := func(request) (any, *apiError) { return true, nil }
	for known, run := range map[string]method{
		"getMe": s.getMe, "getUpdates": s.getUpdates,
		"setWebhook": s.setWebhook, "deleteWebhook": s.deleteWebhook, "getWebhookInfo": s.getWebhookInfo,
		"sendMessage": s.sendMessage, "editMessageText": s.editMessageText, "editMessageReplyMarkup": s.editMessageReplyMarkup,
		"deleteMessage": s.deleteMessage, "answerCallbackQuery": s.answerQuery("callback_query_id"),
		"answerInlineQuery": s.answerInlineQuery, "sendChatAction": yes, "setMessageReaction": yes, "leaveChat": yes,
		"setMyCommands": s.setMyCommands, "deleteMyCommands": s.deleteMyCommands, "getMyCommands": s.getMyCommands,
		"setMyDescription": s.setText("description"), "setMyShortDescription": s.setText("short_description"),
		"getMyDescription": s.getText("description"), "getMyShortDescription": s.getText("short_description"),
		"getChat": s.getChat, "getChatMember": s.getChatMember, "getChatAdministrators": s.getChatAdministrators,
	} {
		if strings.EqualFold(known, name) {
			return known, run
		}
	}
	return "", nil
}

func (s *Server) getMe(request) (any, *apiError) {
	return map[string]any{
		"id": s.Bot.ID, "is_bot": true, "first_name": s.Bot.FirstName, "username": s.Bot.Username,
		"can_join_groups": true, "can_read_all_group_messages": s.o.ReadsAll, "supports_inline_queries": s.o.Inline,
		"can_connect_to_business": false, "has_main_web_app": false,
	}, nil
}

// Limits of a message: https://core.telegram.org/bots/api#sendmessage, and the official server's source for bytes.
const (
	maxText      = 4096  // characters after entities are parsed
	maxTextBytes = 32768 // bytes before
	maxCallback  = 64    // bytes of callback data
)

func (s *Server) sendMessage(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, failure := s.chatFor(q.int("chat_id"))
	if failure != nil {
		return nil, failure
	}
	if c.muted && c.members[s.Bot.ID].Status != "administrator" {
		return nil, badRequest("not enough rights to send text messages to the chat")
	}
	text, entities, failure := formatted(q)
	if failure != nil {
		return nil, failure
	}
	keyboard, failure := readKeyboard(q)
	if failure != nil {
		return nil, failure
	}
	m := Message{From: &s.Bot, Text: text, Entities: entities, ReplyMarkup: keyboard}
	if failure := replyTarget(c, q, &m); failure != nil {
		return nil, failure
	}
	if failure := topic(c, q, &m); failure != nil {
		return nil, failure
	}
	added := s.add(c, m)
	s.sent = append(s.sent, Sent{Message: *added, At: q.at})
	return added, nil
}

// formatted reads text and parse_mode in the order of the server's own checks.
func formatted(q request) (string, []Entity, *apiError) {
	text := q.params["text"]
	if text == "" {
		return "", nil, badRequest("message text is empty")
	}
	if len(text) > maxTextBytes {
		return "", nil, badRequest("text is too long")
	}
	if !utf8.ValidString(text) {
		return "", nil, badRequest("text must be encoded in UTF-8")
	}
	var entities []Entity
	switch mode := strings.ToLower(q.params["parse_mode"]); mode {
	case "":
	case "html":
		var err error
		if text, entities, err = ParseHTML(text); err != nil {
			return "", nil, badRequest(err.Error())
		}
	default:
		return "", nil, badRequest("unsupported parse_mode (in this fake)")
	}
	text, entities = trim(text, entities)
	if text == "" {
		return "", nil, badRequest("text must be non-empty")
	}
	if utf8.RuneCountInString(text) > maxText {
		return "", nil, badRequest("message is too long")
	}
	return text, found(text, entities), nil
}

// trim takes away the space around a text, and moves its entities.
func trim(text string, entities []Entity) (string, []Entity) {
	const space = " \t\r\n"
	lead := len(text) - len(strings.TrimLeft(text, space)) // each one unit long
	text = strings.Trim(text, space)
	units := UTF16Len(text)
	var kept []Entity
	for _, e := range entities {
		from, to := max(e.Offset-lead, 0), min(e.Offset+e.Length-lead, units)
		if from < to {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	return text, kept
}

// found adds what Telegram finds by itself outside code and links.
func found(text string, entities []Entity) []Entity {
	all := append([]Entity(nil), entities...)
next:
	for _, f := range FindEntities(text) {
		for _, e := range entities {
			fixed := e.Type == "code" || e.Type == "pre" || e.Type == "text_link" || e.Type == "text_mention"
			if fixed && f.Offset < e.Offset+e.Length && e.Offset < f.Offset+f.Length {
				continue next
			}
		}
		all = append(all, f)
	}
	return all
}

func readKeyboard(q request) (*Keyboard, *apiError) {
	markup := q.params["reply_markup"]
	if markup == "" || markup == "null" {
		return nil, nil
	}
	var k Keyboard
	if err := json.Unmarshal([]byte(markup), &k); err != nil {
		return nil, badRequest("can't parse reply keyboard markup JSON object")
	}
	for _, row := range k.Rows {
		for _, b := range row {
			switch {
			case strings.TrimSpace(b.Text) == "":
				return nil, badRequest("text buttons are unallowed in the inline keyboard")
			case b.URL == "" && (b.Data == "" || len(b.Data) > maxCallback):
				return nil, badRequest("BUTTON_DATA_INVALID")
			}
		}
	}
	if len(k.Rows) == 0 {
		return nil, nil
	}
	return &k, nil
}

func replyTarget(c *chat, q request, m *Message) *apiError {
	var parameters struct {
		MessageID int  `json:"message_id"`
		Allow     bool `json:"allow_sending_without_reply"`
	}
	if given := q.params["reply_parameters"]; given != "" {
		if err := json.Unmarshal([]byte(given), &parameters); err != nil {
			return badRequest("can't parse reply parameters JSON object")
		}
	} else {
		parameters.MessageID = int(q.int("reply_to_message_id"))
		parameters.Allow = q.params["allow_sending_without_reply"] == "true"
	}
	if parameters.MessageID == 0 {
		return nil
	}
	target := c.messages[parameters.MessageID]
	if target == nil {
		if parameters.Allow {
			return nil
		}
		return badRequest("message to be replied not found")
	}
	copied := *target
	copied.ReplyTo = nil
	m.ReplyTo = &copied
	if target.IsTopic {
		m.ThreadID, m.IsTopic = target.ThreadID, true
	}
	return nil
}

func topic(c *chat, q request, m *Message) *apiError {
	thread := int(q.int("message_thread_id"))
	if thread == 0 {
		return nil
	}
	if !c.info.IsForum || !c.topics[thread] { // "General" is 1, and must not be sent
		return badRequest("message thread not found")
	}
	m.ThreadID, m.IsTopic = thread, true
	return nil
}

func (s *Server) editMessageText(q request) (any, *apiError) {
	return s.edit(q, func(m *Message) *apiError {
		text, entities, failure := formatted(q)
		if failure != nil {
			return failure
		}
		m.Text, m.Entities = text, entities
		return nil
	})
}

func (s *Server) editMessageReplyMarkup(q request) (any, *apiError) {
	return s.edit(q, func(*Message) *apiError { return nil })
}

func (s *Server) edit(q request, change func(*Message) *apiError) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, failure := s.chatFor(q.int("chat_id"))
	if failure != nil {
		return nil, failure
	}
	old := c.messages[int(q.int("message_id"))]
	if old == nil {
		return nil, badRequest("message to edit not found")
	}
	if old.From == nil || old.From.ID != s.Bot.ID {
		return nil, badRequest("message can't be edited")
	}
	m := *old
	if failure := change(&m); failure != nil {
		return nil, failure
	}
	if m.ReplyMarkup, failure = readKeyboard(q); failure != nil {
		return nil, failure
	}
	before, _ := json.Marshal(old)
	if after, _ := json.Marshal(m); string(before) == string(after) {
		return nil, badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.EditDate = time.Now().Unix()
	c.messages[m.ID] = &m
	s.sent = append(s.sent, Sent{Message: m, Edited: true, At: q.at})
	return m, nil
}

func (s *Server) deleteMessage(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, failure := s.chatFor(q.int("chat_id"))
	if failure != nil {
		return nil, failure
	}
	id := int(q.int("message_id"))
	if c.messages[id] == nil {
		return nil, badRequest("message to delete not found")
	}
	delete(c.messages, id)
	return true, nil
}

// answerQuery ends a callback or an inline query.
func (s *Server) answerQuery(parameter string) method {
	return func(q request) (any, *apiError) {
		s.mu.Lock()
		defer s.mu.Unlock()
		id := q.params[parameter]
		if !s.open[id] {
			return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
		}
		delete(s.open, id)
		return true, nil
	}
}

// answerInlineQuery checks what each result would post, as sendMessage does.
func (s *Server) answerInlineQuery(q request) (any, *apiError) {
	var results []struct {
		ID      string `json:"id"`
		Content struct {
			Text string `json:"message_text"`
			Mode string `json:"parse_mode"`
		} `json:"input_message_content"`
	}
	if err := json.Unmarshal([]byte(q.params["results"]), &results); err != nil {
		return nil, badRequest("can't parse JSON encoded inline query results")
	}
	seen := map[string]bool{}
	for _, r := range results {
		if seen[r.ID] {
			return nil, badRequest("RESULT_ID_DUPLICATE")
		}
		seen[r.ID] = true
		if _, _, failure := formatted(request{params: map[string]string{"text": r.Content.Text, "parse_mode": r.Content.Mode}}); failure != nil {
			return nil, failure
		}
	}
	if len(results) > 50 {
		return nil, badRequest("RESULTS_TOO_MUCH")
	}
	return s.answerQuery("inline_query_id")(q)
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (s *Server) setMyCommands(q request) (any, *apiError) {
	var commands []Command
	if err := json.Unmarshal([]byte(q.params["commands"]), &commands); err != nil {
		return nil, badRequest("can't parse commands JSON object")
	}
	if len(commands) > 100 {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for _, c := range commands {
		switch n := utf8.RuneCountInString(c.Description); {
		case !commandName.MatchString(c.Command):
			return nil, badRequest("BOT_COMMAND_INVALID")
		case n < 1 || n > 256:
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.menus[menuKey(q)] = commands
	return true, nil
}

func (s *Server) deleteMyCommands(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.menus, menuKey(q))
	return true, nil
}

func (s *Server) getMyCommands(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Command{}, s.menus[menuKey(q)]...), nil
}

// menuKey names a menu by its scope's type, chat and language, such as "chat_administrators -100 de".
func menuKey(q request) string {
	var scope struct {
		Type   string `json:"type"`
		ChatID int64  `json:"chat_id"`
	}
	json.Unmarshal([]byte(q.params["scope"]), &scope)
	parts := []string{}
	if scope.Type != "" && scope.Type != "default" {
		parts = append(parts, scope.Type)
	}
	if scope.ChatID != 0 {
		parts = append(parts, strconv.FormatInt(scope.ChatID, 10))
	}
	if language := q.params["language_code"]; language != "" {
		parts = append(parts, language)
	}
	return strings.Join(parts, " ")
}

func (s *Server) setText(parameter string) method {
	return func(q request) (any, *apiError) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.texts[parameter] = q.params[parameter]
		return true, nil
	}
}

func (s *Server) getText(parameter string) method {
	return func(request) (any, *apiError) { return map[string]string{parameter: s.Description(parameter)}, nil }
}

// Description is what is said of the bot: its "description" or "short_description".
func (s *Server) Description(which string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.texts[which]
}

func (s *Server) getChat(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, failure := s.chatFor(q.int("chat_id"))
	if failure != nil {
		return nil, failure
	}
	full := map[string]any{"id": c.info.ID, "type": c.info.Type, "title": c.info.Title, "is_forum": c.info.IsForum,
		"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": map[string]any{
			"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false, "gifts_from_channels": false}}
	if c.info.Type == "group" || c.info.Type == "supergroup" {
		full["permissions"] = map[string]any{"can_send_messages": !c.muted}
	}
	return full, nil
}

func (s *Server) getChatMember(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, failure := s.chatFor(q.int("chat_id"))
	if failure != nil {
		return nil, failure
	}
	m, known := c.members[q.int("user_id")]
	if !known {
		return nil, badRequest("member not found")
	}
	return m.json(), nil
}

func (s *Server) getChatAdministrators(q request) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, failure := s.chatFor(q.int("chat_id"))
	if failure != nil {
		return nil, failure
	}
	if c.info.Type == "private" {
		return nil, badRequest("there are no administrators in the private chat")
	}
	list := []any{}
	for _, m := range c.members {
		if m.Status == "administrator" || m.Status == "creator" {
			list = append(list, m.json())
		}
	}
	return list, nil
}

func (m member) json() map[string]any {
	object := map[string]any{"status": m.Status, "user": m.User}
	if m.Status == "administrator" || m.Status == "creator" {
		object["is_anonymous"] = m.Anonymous
	}
	if m.Status == "administrator" {
		object["can_be_edited"] = false
		for _, right := range []string{"manage_chat", "delete_messages", "manage_video_chats", "restrict_members", "promote_members",
			"change_info", "invite_users", "post_stories", "edit_stories", "delete_stories"} {
			object["can_"+right] = right == "manage_chat"
		}
	}
	return object
}

// String helps to read a failed test.
func (m Message) String() string {
	return fmt.Sprintf("message %d in chat %d: %q %v", m.ID, m.Chat.ID, m.Text, m.Labels())
}
