"""Positions, numbers and addresses that may endanger people, by the code of the problem, in every form."""

FOUND = {
    "coordinates": [
        "13.6288, 25.3493", "-13.6288,-25.3493", "13.628N 25.349E", "13.628° N, 25.349° E", "13,63° N",
        "13° 37\u2032 44\u2033 N", "13°37'44\"N", "13° 37.73' N", "38°53\u2019 N",
        "13.6288/25.3493", "13.6288%2C25.3493",
        "\u0661\u0663.\u0666\u0662\u0668\u0668, \u0662\u0665.\u0663\u0664\u0669\u0663",  # in Arabic digits
        "\u221213.6288, 25.3493", "geo:13.63,25.35", "mlat=13.6&mlon=25.3", "34PGV1234567890", "34P GV 12345 67890",
        "4QFJ12345678", "6GQ8JC9X+2F", "9G8F+6WX", "///filled.count.soap",
    ],
    "phone-number": [
        "+249 912 345 678", "+41 22 917 92 20", "+1 (212) 555-0134", "+44\u00a020\u00a07946\u00a00958",
        "0041 22 917 92 20", "00249912345678", "(212) 555-0134", "212-555-0134", "212.555.0134", "Tel: 0912 345 678",
        "WhatsApp 0912345678", "phone: 020 7946 0958", "wa.me/249912345678", "tel:+249912345678",
        "\u0647\u0627\u062a\u0641: 0912 345 678",
        "+\u0662\u0664\u0669\u0669\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
    ],
    "email-address": [
        "a.witness@example.org", "A.Witness+x@mail.example.co.uk", "a&#64;example.org", "a&commat;example.org",
        "a.witness [at] example [dot] org", "a (at) example.org", "mailto:a@example.org",
        "a.witness%40example.org",
        "\u0627\u0645\u0644@example.org",
    ],
    "inner-address": [
        "https://office-my.sharepoint.com/personal/jane_office_org/Doc.aspx", "https://office.sharepoint.com/:w:/s/x/E1",
        "https://docs.google.com/document/d/1aB/edit", "HTTP://DRIVE.google.com/file/d/1aB", "https://1drv.ms/w/abc",
        "https://www.dropbox.com/scl/fi/a/x.docx", "https://we.tl/t-abc", "http://192.168.1.2:8080/x", "http://10.0.0.7/",
        "http://server.local", "https://www.\u0130cloud.com/x", r"C:\Users\jane\Desktop\x.docx",
        "file:///C:/Users/jane/x.docx",
        r"D:\Reports\2026\x.docx", "/Users/jane/Documents/x.pdf", "file:///home/jane/x.odt",
        r"\\office\reports\x.docx",
    ],
}  # fmt: skip
