package org.joblifecycle.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.joblifecycle.store.JobStore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The parts of an application that Spring Boot's tests of slices start. */
class SliceTest {
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Shop.Echo.class)
    static class Application {}

    @Nested
    @WebSlice
    @ContextConfiguration(classes = Application.class)
    class OfControllers {
        @Autowired
        private WebApplicationContext context;

        @Test
        void hasTheModulesTheConvertersAndTheAdvice() throws Exception {
            MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
            mvc.perform(post("/event").contentType(MediaType.APPLICATION_JSON).content("\"START\""))
                    .andExpect(status().isOk())
                    .andExpect(content().string("\"START\""));
            mvc.perform(post("/event").contentType(MediaType.APPLICATION_JSON).content("2"))
                    .andExpect(status().isBadRequest())
                    .andExpect(jsonPath("$.reason").value("malformed-json"));
            assertThat(context.getBeanNamesForType(JobStore.class)).isEmpty();
        }
    }

    @Nested
    @JsonTest
    @ContextConfiguration(classes = Application.class)
    class OfJson {
        @Autowired
        private ApplicationContext context;

        @Test
        void hasTheModules() {
            assertThat(context.getBeanNamesForType(JobLifecycleJackson2Module.class))
                    .hasSize(1);
            assertThat(context.getBeanNamesForType(JobLifecycleJackson3Module.class))
                    .hasSize(1);
        }
    }
}
