# Varnish (7 or later) before Collegium. Set PURGE_URL=varnish://HOST:PORT to the address of this Varnish.
vcl 4.1;
import std;

backend collegium { .host = "127.0.0.1"; .port = "8000"; }

# The machines on which `collegium serve` runs.
acl society { "localhost"; }

# What ends HTTPS before Varnish, and says for whom it asks. (With the PROXY protocol nothing need stand here.)
acl before_us { "localhost"; }

sub vcl_recv {
    if (client.ip ~ before_us) {
        # Varnish has added its address behind the reader's, and Collegium believes the last.
        set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");
    } else {
        unset req.http.X-Forwarded-Proto;
    }
    if (req.method == "PURGE") {
        if (!client.ip ~ society) { return (synth(405)); }
        ban("obj.http.Surrogate-Key ~ (^|\s)" + req.http.Surrogate-Key + "(\s|$)");
        return (synth(200, "Forgotten"));
    }
    # What is one person's own is never looked up, and keeps its cookies.
    if (req.url ~ "^/(admin|documents|media/audio|account|api)/"
        || req.url ~ "^/[a-zA-Z-]+/(account|join|sign-in|checkout)/"
        || req.http.Cookie ~ "(^|;\s*)(__Host-)?(sessionid|messages)=" || req.http.Authorization) {
        return (pass);
    }
    if (req.method == "GET" || req.method == "HEAD") { unset req.http.Cookie; }
}

sub vcl_hash {
    # Pages name their own address, so those of http and https differ.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    # An older page is never shown while a new one is made.
    set beresp.grace = 0s;
    if (beresp.http.Surrogate-Control ~ "max-age=[0-9]+") {
        set beresp.ttl = std.duration(
            regsub(beresp.http.Surrogate-Control, ".*max-age=([0-9]+).*", "\1") + "s", 0s);
        if (beresp.ttl <= 0s) {
            set beresp.ttl = 1s;
            set beresp.uncacheable = true;
        }
        unset beresp.http.Surrogate-Control;
        unset beresp.http.CDN-Cache-Control;
        return (deliver);
    }
    # What says nothing of a cache in front is not for all, or not for long: Varnish is not to guess.
    if (beresp.http.Cache-Control !~ "immutable") {
        set beresp.ttl = 1s;
        set beresp.uncacheable = true;
        return (deliver);
    }
}
