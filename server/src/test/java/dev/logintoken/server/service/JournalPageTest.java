package dev.logintoken.server.service;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** The journal as a page. */
final class JournalPageTest {

    private static final String NAME = "/api/v1/nothing?<script>";

    private final TestService service = TestService.sandbox();

    @BeforeEach
    void forget() {
        service.control("DELETE", "/journal");
    }

    @Test
    void itShowsTheRequestsOfARunEscaped() {
        service.get(NAME.replace("<", "%3C").replace(">", "%3E"), "X-Api-Key", "<b>", "X-Note", "<i>");
        HttpResponse<String> page = service.get("/journal");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(page.body())
                .contains("GET /api/v1/nothing", "X-Note: &lt;i&gt;", "X-Api-Key: (masked)")
                .doesNotContain("<i>", "No request matches");
        assertThat(service.get("/journal?code=404").body()).contains("GET /api/v1/nothing");
        assertThat(service.get("/journal?code=ER705").body()).contains("No request matches");
        assertThat(service.get("/journal?operation=getLoginToken").body()).contains("No request matches");
    }

    @Test
    void theQueryNamesTheRunAndCreatesNone() {
        service.get("/api/v1/nothing", "Sandbox-Run", "seen");
        assertThat(service.get("/journal?run=seen").body()).contains("GET /api/v1/nothing");
        assertThat(service.get("/journal").body()).doesNotContain("GET /api/v1/nothing");
        for (int i = 0; i < 2; i++) {
            assertThat(service.get("/journal?run=unseen").body()).contains("There is no test run “unseen”.");
        }
    }
}
