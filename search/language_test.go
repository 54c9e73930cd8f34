package search

import (
	"context"
	"testing"

	"github.com/redpin/redpin/knowledge"
)

// Every language finds an entry by another form of its words than the one that it was written in.
func TestLanguages(t *testing.T) {
	for _, test := range []struct{ tag, right, wrong, question string }{
		{"en", "Moving your files to another computer", "Changing the password", "how do I move a file"},
		{"de", "Wie ändere ich mein Passwort?", "Wie lösche ich meine Dateien?", "passwörter ändern"},
		{"de-AT", "Rechnungen herunterladen", "Das Konto kündigen", "wo finde ich die rechnung"},
		{"es", "¿Cómo puedo cancelar mis pedidos?", "¿Cuánto cuesta el envío?", "cancelar pedido"},
		{"fr", "Comment changer l'adresse de livraison ?", "Où sont mes factures ?", "adresses de livraisons"},
		{"it", "Come posso cambiare l'indirizzo?", "Dove trovo le fatture?", "cambio indirizzi"},
		{"nl", "Hoe wijzig ik mijn wachtwoorden?", "Waar vind ik mijn facturen?", "wachtwoord wijzigen"},
		{"pt-BR", "Como cancelo as minhas encomendas?", "Onde estão as faturas?", "cancelar encomenda"},
		{"ru", "Как изменить пароль?", "Где мои счета?", "смена пароля"},
		{"ar", "كيف أغير كلمة المرور؟", "أين الفواتير؟", "تغيير كلمات المرور"},
		{"hi", "मैं पासवर्ड कैसे बदलूँ?", "बिल कहाँ मिलेंगे?", "पासवर्डों को बदलना"},
		{"zh", "如何修改密码?", "发票在哪里下载?", "我想修改我的密码"},
		{"ja", "パスワードを変更するには", "請求書はどこですか", "パスワードの変更"},
		{"ko", "비밀번호를 어떻게 변경하나요?", "영수증은 어디에 있나요?", "비밀번호 변경"},
		{"th", "เปลี่ยนรหัสผ่านอย่างไร", "ใบแจ้งหนี้อยู่ที่ไหน", "รหัสผ่าน"},
		{"tr", "Şifremi nasıl değiştiririm?", "Faturalarım nerede?", "şifre değiştirme"},
		{"sv", "Hur byter jag lösenord?", "Var finns mina fakturor?", "byta lösenordet"},
		{"pl", "Jak zmienić hasło?", "Gdzie są faktury?", "zmiana hasła"}, // no stemmer: n-grams and slips help
	} {
		p := &knowledge.Pack{ID: "p", Language: test.tag, Entries: []*knowledge.Entry{
			entry("wrong", test.wrong, "…"), entry("right", test.right, "…")}}
		x := newIndex(t, p)
		r, err := x.Search(context.Background(), test.question, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) == 0 || r.Hits[0].Entry.ID != "right" {
			t.Errorf("%s: %q: got %v, want %q", test.tag, test.question, ids(r.Hits), test.right)
		}
	}
}
