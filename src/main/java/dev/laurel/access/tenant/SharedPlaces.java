package dev.laurel.access.tenant;

/** What tenants share. */
public enum SharedPlaces {
    UPLOADS("uploads"),
    IMPORTS("imports"),
    EXPORTS("exports"),
    BATCHES("batches"),
    WATCHERS("watchers");

    private final String text;

    SharedPlaces(String text) {
        this.text = text;
    }

    /** As in meters and messages. */
    String text() {
        return text;
    }
}
