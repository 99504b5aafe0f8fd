package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

// The page in a real browser.
class BrowserTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final String PARENT = "/v1/projects/p/locations/l/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ChromeDriver browser;

    private VertexEmulator emulator;

    @BeforeAll
    static void open() {
        ChromeOptions options = new ChromeOptions();
        Stream.of("/usr/bin/chromium", "/usr/bin/google-chrome")
                .filter(path -> new File(path).exists())
                .findFirst()
                .ifPresent(options::setBinary);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        ChromeDriverService driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build();
        browser = new ChromeDriver(driver, options);
    }

    @AfterAll
    static void quit() {
        browser.quit();
    }

    @BeforeEach
    void start() throws Exception {
        emulator = VertexEmulator.configure().manualClock(NOON).start();
        browser.manage().window().setSize(new Dimension(1280, 1000));
        show("light");
    }

    @AfterEach
    void close() {
        browser.get("about:blank");
        emulator.close();
    }

    private void show(String colors) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
        browser.get(emulator.restUrl());
        until(NOON.toString(), () -> find("#time").getDomAttribute("datetime"));
    }

    private String create(String displayName) throws Exception {
        ObjectNode job = JSON.createObjectNode().put("displayName", displayName);
        job.putObject("jobSpec").putArray("workerPoolSpecs").addObject().put("replicaCount", "1");
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(emulator.restUrl() + PARENT + "customJobs"))
                        .POST(BodyPublishers.ofString(job.toString()))
                        .build(),
                BodyHandlers.ofString());
        JsonNode created = JSON.readTree(answer.body());
        return created.path("name").asText();
    }

    private static WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    private static List<String> texts(String selector) {
        return browser.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private static <T> void until(T expected, Supplier<T> actual) {
        WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(20), Duration.ofMillis(50));
        wait.ignoring(StaleElementReferenceException.class);
        wait.withMessage(() -> "expected " + expected + ", was " + actual.get());
        wait.until(driver -> expected.equals(actual.get()));
    }

    private static void click(JobEvent event) {
        browser.findElement(By.xpath("//div[@id='events']/button[text()='" + event + "']"))
                .click();
    }

    // The state and just the events that the lifecycle permits.
    private void assertShows(String name, JobState state) {
        until(state.name(), () -> find("#state").getText());
        JobSnapshot job = emulator.history(name).last();
        assertEquals(state, job.state());
        List<String> permitted = JobLifecycle.authority(JobKind.CUSTOM_JOB).permittedEvents(job).stream()
                .map(JobEvent::name)
                .toList();
        until(permitted, () -> texts("#events button"));
        assertEquals(state.name(), find("#graph .current").getDomAttribute("data-state"));
    }

    @Test
    void aJobAppearsAndIsTakenThroughItsLife() throws Exception {
        String name = create("train");
        until(List.of("train"), () -> texts("#list .title"));
        assertShows(name, JobState.PENDING);
        assertFalse(texts("#events button").contains("PAUSE"), "a job that has not started cannot be paused");

        click(JobEvent.START);
        assertShows(name, JobState.RUNNING);
        click(JobEvent.PAUSE);
        assertShows(name, JobState.PAUSED);
        click(JobEvent.START);
        assertShows(name, JobState.RUNNING);
        click(JobEvent.CANCEL);
        assertShows(name, JobState.CANCELLING);
        emulator.advance(Duration.ofMinutes(1));
        assertShows(name, JobState.CANCELLED);

        assertEquals(List.of(), texts("#events button"));
        assertEquals(
                List.of("PREPARE", "START", "PAUSE", "START", "CANCEL", "CONFIRM_CANCEL"),
                texts("#history span:not(.state)"));
        assertEquals(
                List.of(
                        "UNSPECIFIED PREPARE",
                        "PENDING START",
                        "RUNNING CANCEL",
                        "RUNNING PAUSE",
                        "PAUSED START",
                        "CANCELLING CONFIRM_CANCEL"),
                browser.findElements(By.cssSelector("#graph .taken[data-edge]")).stream()
                        .map(edge -> edge.getDomAttribute("data-edge"))
                        .toList());
    }

    @Test
    void theGraphIsThatOfTheLifecycle() {
        until(JobState.values().length, () -> browser.findElements(By.cssSelector("#graph .node"))
                .size());
        assertEquals(
                Stream.of(JobTransition.values())
                        .map(edge -> edge.source() + " " + edge.event())
                        .toList(),
                browser.findElements(By.cssSelector("#graph .edge")).stream()
                        .map(edge -> edge.getDomAttribute("data-edge"))
                        .toList());
    }

    @Test
    void timePassesByTheButtonsOfTheClock() throws Exception {
        create("train");
        until("PENDING", () -> find("#state").getText());
        find("button[value='1m']").click();
        until("SUCCEEDED", () -> find("#state").getText());
        until(NOON.plusSeconds(60).toString(), () -> find("#time").getDomAttribute("datetime"));
        assertEquals("The clock was advanced by 1m.", find("#status").getText());
    }

    @Test
    void foreignTextIsText() throws Exception {
        String evil = "<script>document.title='evil'</script><img src=x onerror=\"document.title='evil'\">";
        create(evil);
        until(List.of(evil), () -> texts("#list .title"));
        assertEquals(evil, find("#job-title").getText());
        until(1, () -> texts("#calls tr").size());
        assertTrue(find("#calls").getText().contains("onerror"));
        assertEquals(0, browser.findElements(By.cssSelector("img, body script")).size());
        assertEquals("Emulator of Vertex AI jobs", browser.getTitle());
    }

    @Test
    void aJobThatIsResetDisappears() throws Exception {
        create("one");
        create("two");
        until(List.of("two", "one"), () -> texts("#list .title"));
        emulator.reset(Match.ALL.displayName("two"));
        until(List.of("one"), () -> texts("#list .title"));
        emulator.reset();
        until(List.of(), () -> texts("#list .title"));
        until("No job", () -> find("#job-title").getText());
    }

    @Test
    void jobsAreFoundByAWord() throws Exception {
        create("train");
        create("evaluate");
        until(List.of("evaluate", "train"), () -> texts("#list .title"));
        find("#search").sendKeys("TRAI");
        until(List.of("train"), () -> texts("#list .title"));
        assertEquals("1 of 2", find("#count").getText());
    }

    @Test
    void aKeyboardIsEnough() throws Exception {
        String first = create("first");
        create("second");
        until(List.of("second", "first"), () -> texts("#list .title"));
        find("#search").sendKeys(Keys.TAB, Keys.ENTER);
        until("second", () -> find("#job-title").getText());
        browser.switchTo().activeElement().sendKeys(Keys.TAB);
        browser.switchTo().activeElement().sendKeys(Keys.ENTER);
        until("first", () -> find("#job-title").getText());
        find("#events button").sendKeys(Keys.ENTER);
        until("ENQUEUE: the job is QUEUED now.", () -> find("#status").getText());
        assertShows(first, JobState.QUEUED);
    }

    @Test
    void whatTheEmulatorRefusesIsSaid() throws Exception {
        String name = create("train");
        assertShows(name, JobState.PENDING);
        WebElement pressed = browser.findElement(By.xpath("//div[@id='events']/button[text()='START']"));
        emulator.reset();
        browser.executeScript("arguments[0].click()", pressed);
        until("The job \"" + name + "\" does not exist.", () -> find("#status").getText());
    }

    @Test
    void itFitsWideAndNarrowLightAndDark() throws Exception {
        create("a-rather-long-display-name-of-a-job-that-is-trained-every-night-0123456789");
        String name = create("train");
        emulator.advance(Duration.ofSeconds(20));
        emulator.fire(name, JobEvent.CANCEL, null);
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        for (String colors : List.of("light", "dark")) {
            for (int width : List.of(1280, 500)) {
                browser.manage().window().setSize(new Dimension(width, 1400));
                browser.executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
                browser.get(emulator.restUrl());
                until("CANCELLING", () -> find("#state").getText());
                long tooWide = (Long) browser.executeScript(
                        "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
                assertEquals(0, tooWide, width + " " + colors);
                Files.write(folder.resolve(width + "-" + colors + ".png"), browser.getScreenshotAs(OutputType.BYTES));
            }
        }
    }
}
