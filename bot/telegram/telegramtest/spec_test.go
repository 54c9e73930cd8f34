package telegramtest_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/redpin/redpin/bot/telegram/telegramtest"
)

func loadSpec(t *testing.T) *telegramtest.Spec {
	t.Helper()
	telegramtest.SpecFile(t, "telegram-api.json") // or the test is skipped, and says so
	spec, err := telegramtest.LoadSpec()
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

// TestSpecFinds seeds mistakes into requests and answers: the document's check finds each.
func TestSpecFinds(t *testing.T) {
	t.Parallel()
	spec := loadSpec(t)
	const right = `{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"x"}}`
	if err := spec.CheckValue("Update", json.RawMessage(right)); err != nil {
		t.Errorf("a right update: %v", err)
	}
	for _, c := range []struct{ old, replacement, want string }{
		{`"update_id":1,`, ``, "update_id: missing"},
		{`"date":1`, `"date":"1"`, "want Integer"},
		{`"type":"private"`, `"kind":"private"`, "missing"},
		{`"text":"x"`, `"text":7`, "want String"},
		{`"text":"x"`, `"words":"x"`, "no such field"},
		{`"text":"x"`, `"entities":{}`, "want a list"},
		{`"text":"x"`, `"entities":[{"type":"bold","offset":0}]`, "length: missing"},
		{`"text":"x"`, `"reply_markup":{"inline_keyboard":[[{"callback_data":"x"}]]}`, "text: missing"},
	} {
		err := spec.CheckValue("Update", json.RawMessage(strings.Replace(right, c.old, c.replacement, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %s instead of %s: %v, want %q", c.replacement, c.old, err, c.want)
		}
	}
	for _, c := range []struct {
		method string
		params map[string]string
		want   string
	}{
		{"sendMessage", map[string]string{"chat_id": "1", "text": "x"}, ""},
		{"sendMessage", map[string]string{"chat_id": "@channel", "text": "x"}, ""},
		{"sendMessage", map[string]string{"chat_id": "1"}, "text: missing"},
		{"sendMessage", map[string]string{"chat_id": "1", "text": "x", "reply_to": "1"}, "no such field"},
		{"sendMessage", map[string]string{"chat_id": "1", "text": "x", "link_preview_options": "off"}, "LinkPreviewOptions"},
		{"sendMessage", map[string]string{"chat_id": "1", "text": "x", "reply_markup": `{"inline_keyboard":[{}]}`}, "want a list"},
		{"sendNothing", nil, "no such method"},
		{"answerCallbackQuery", map[string]string{"callback_query_id": "1", "text": strings.Repeat("ä", 200)}, ""},
		{"answerCallbackQuery", map[string]string{"callback_query_id": "1", "text": strings.Repeat("ä", 201)}, "201 characters"},
		{"setWebhook", map[string]string{"url": "https://e.org", "secret_token": strings.Repeat("x", 257)}, "257 characters"},
		{"setMyCommands", map[string]string{"commands": `[{"command":"ask"}]`}, "description: missing"},
	} {
		err := spec.CheckRequest(c.method, c.params)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %v: %v, want %q", c.method, c.params, err, c.want)
		}
	}
}

// TestAnswersAreTheDocuments calls every method of the server, with chats of every kind and all that people do. The
// server holds each request and each answer, and each update that it makes, against the document, and fails the test.
func TestAnswersAreTheDocuments(t *testing.T) {
	t.Parallel()
	loadSpec(t)
	s := telegramtest.New(t, telegramtest.Options{ReadsAll: true})
	const group, small, forum, channel = -1001, -11, -1002, -1009
	bob := telegramtest.User{ID: 102, FirstName: "Bob", Username: "bob", LanguageCode: "de"}
	s.Invite(group, "supergroup")
	s.Group(small, "group")
	s.Forum(forum, 50)
	s.Promote(group, ann, true)
	asked := s.Say(telegramtest.Said{From: bob, Text: "how /long? @faq_bot https://e.org"})
	s.Edit(bob.ID, asked.ID, "how far?")
	s.Say(telegramtest.Said{From: bob, Text: "a picture", Caption: true})
	s.Say(telegramtest.Said{Chat: group, From: bob, Text: "in a channel's name", As: channel})
	s.Say(telegramtest.Said{Chat: group, From: ann, Text: "anonymous", As: group, ReplyTo: 1})
	s.Say(telegramtest.Said{Chat: group, From: ann, Text: "forwarded", As: channel, Forwarded: true})
	s.Say(telegramtest.Said{Chat: forum, From: ann, Text: "in a topic", Topic: 50, Via: 7})
	s.Post(channel, "a post")
	for _, made := range [][2]string{
		{"getMe", ""}, {"setMyCommands", `commands=[{"command":"ask","description":"Ask"}]&scope={"type":"all_group_chats"}&language_code=de`},
		{"getMyCommands", `scope={"type":"all_group_chats"}&language_code=de`}, {"deleteMyCommands", ""},
		{"setMyDescription", "description=x"}, {"getMyDescription", ""}, {"setMyShortDescription", "short_description=x"}, {"getMyShortDescription", ""},
		{"getChat", "chat_id=102"}, {"getChat", "chat_id=-1001"}, {"getChat", "chat_id=-11"}, {"getChat", "chat_id=-1002"}, {"getChat", "chat_id=-1009"},
		{"getChatMember", "chat_id=-1001&user_id=4242"}, {"getChatMember", "chat_id=-1001&user_id=101"}, {"getChatAdministrators", "chat_id=-1001"},
		{"sendChatAction", "chat_id=102&action=typing"},
		{"sendMessage", `chat_id=102&text=<b>x</b>&parse_mode=HTML&reply_parameters={"message_id":1}&reply_markup={"inline_keyboard":[[{"text":"a","callback_data":"1"},{"text":"b","url":"https://t.me/faq_bot?start=x"}]]}`},
		{"sendMessage", "chat_id=-1002&text=x&message_thread_id=50"},
		{"getWebhookInfo", ""}, {"setWebhook", "url=http://127.0.0.1:1/&max_connections=1"}, {"getWebhookInfo", ""}, {"deleteWebhook", ""},
	} {
		if got := call(t, s, made[0], made[1]); !got.OK {
			t.Errorf("%s %s: %+v", made[0], made[1], got)
		}
	}
	sent := s.MustNext(t)
	s.Press(bob.ID, sent.ID, bob, "a")
	s.PressOld(bob.ID, 1, bob, "old")
	s.PressOld(0, 0, bob, "inline")
	s.Inline(bob, "words")
	s.Migrate(small, -1011)
	s.Dismiss(group)
	id := "chat_id=102&message_id=" + strconv.Itoa(sent.ID)
	for _, made := range [][2]string{
		{"editMessageText", id + "&text=y"}, {"setMessageReaction", id}, {"editMessageReplyMarkup", id + `&reply_markup={"inline_keyboard":[[{"text":"c","callback_data":"1"}]]}`},
		{"deleteMessage", id}, {"answerCallbackQuery", "callback_query_id=callback-1&text=thanks"},
		{"answerInlineQuery", `inline_query_id=inline-4&results=[{"type":"article","id":"1","title":"x","input_message_content":{"message_text":"x"}}]`},
		{"leaveChat", "chat_id=-1002"}, {"getUpdates", "offset=-100"},
	} {
		if got := call(t, s, made[0], made[1]); !got.OK {
			t.Errorf("%s %s: %+v", made[0], made[1], got)
		}
	}
}
