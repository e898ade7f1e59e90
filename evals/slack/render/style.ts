// How the page looks: a calm light channel, of its own, with nothing from elsewhere.

export const STYLE = `
:root { color-scheme: light; --line: #e6e6e8; --quiet: #616068; --text: #1d1c1d; --link: #1264a3; }
* { box-sizing: border-box; }
body { margin: 0; background: #f6f6f7; color: var(--text); font: 15px/1.47 Lato, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; }
a { color: var(--link); text-decoration: none; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; max-width: 860px; margin: 0 auto; padding: 20px; }
main.wide { grid-template-columns: minmax(0, 1fr) 380px; max-width: 1280px; align-items: start; }
.room, .panel { background: #fff; border: 1px solid var(--line); border-radius: 10px; margin: 0 0 20px; overflow: hidden; }
.room > h2, .panel > h2 { margin: 0; padding: 12px 20px; font-size: 16px; border-bottom: 1px solid var(--line); }
.room > h2 small, .panel > h2 small { font-weight: 400; color: var(--quiet); margin-left: 8px; font-size: 13px; }
.messages { padding: 10px 0 14px; }
.message { display: grid; grid-template-columns: 36px minmax(0, 1fr); gap: 10px; padding: 7px 20px; }
.message.ephemeral { background: #f8f8fa; }
.avatar { width: 36px; height: 36px; border-radius: 8px; color: #fff; font-weight: 700; font-size: 13px; display: grid; place-items: center; }
.who { font-weight: 900; }
.app { font-size: 10px; font-weight: 700; color: var(--quiet); background: #ebebed; border-radius: 3px; padding: 1px 4px; margin-left: 4px; vertical-align: 2px; }
.time, .note { color: var(--quiet); font-size: 12px; margin-left: 6px; }
.note.live { color: #8a5a00; }
.thread { margin: 2px 0 6px 56px; border-left: 2px solid var(--line); padding-left: 4px; }
.thread .message { padding: 6px 20px 6px 12px; }
.replies { color: var(--link); font-size: 13px; font-weight: 700; padding: 2px 12px; }
.body > * { margin: 0 0 6px; }
.body > :last-child { margin-bottom: 0; }
.body p { margin: 0 0 6px; }
.body { overflow-wrap: anywhere; }
.lines { white-space: pre-line; }
.header { font-size: 18px; font-weight: 900; }
.heading { font-weight: 900; font-size: 16px; margin: 6px 0 2px; }
.context { display: flex; flex-wrap: wrap; gap: 4px 8px; color: var(--quiet); font-size: 13px; align-items: center; }
.section { display: flex; gap: 14px; align-items: flex-start; }
.grow { flex: 1; min-width: 0; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 18px; margin-top: 4px; }
.actions, .context_actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
button { font: inherit; font-size: 13px; font-weight: 700; background: #fff; border: 1px solid #c9c9cc; border-radius: 6px; padding: 4px 12px; color: var(--text); }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
button.danger { color: #c01343; border-color: #c01343; }
button.quiet { border-color: transparent; background: #f3f3f4; color: var(--quiet); font-weight: 400; padding: 3px 9px; }
code { font: 12.5px/1.5 "DejaVu Sans Mono", Menlo, Consolas, monospace; background: #f3f3f4; border: 1px solid var(--line); border-radius: 4px; padding: 1px 4px; color: #b3124a; }
pre { font: 12.5px/1.5 "DejaVu Sans Mono", Menlo, Consolas, monospace; background: #f8f8f8; border: 1px solid var(--line); border-radius: 5px; padding: 8px 10px; margin: 4px 0 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { margin: 2px 0 6px; padding: 0 0 0 12px; border-left: 4px solid #ddd; }
ul, ol { margin: 2px 0 6px; padding-left: 26px; }
hr { border: 0; border-top: 1px solid var(--line); margin: 8px 0; }
table { border-collapse: collapse; font-size: 13px; margin: 4px 0 6px; }
th, td { border: 1px solid var(--line); padding: 4px 10px; text-align: left; vertical-align: top; }
th { background: #f8f8f8; }
caption { text-align: left; font-weight: 700; padding-bottom: 4px; }
figure { margin: 4px 0; }
figcaption { font-size: 13px; color: var(--quiet); margin-bottom: 4px; }
img.large { max-width: 100%; border-radius: 8px; border: 1px solid var(--line); display: block; }
img.small { width: 88px; border-radius: 6px; }
img.tiny { width: 20px; height: 20px; border-radius: 3px; }
.alt { display: block; color: var(--quiet); font-size: 12px; margin-top: 2px; }
.elsewhere { background: #f3f3f4; border: 1px dashed #c9c9cc; border-radius: 8px; padding: 10px 12px; color: var(--quiet); font-size: 13px; }
.elsewhere.tiny, .elsewhere.small { display: inline-block; width: 20px; height: 20px; padding: 0; }
.elsewhere::before { content: "image elsewhere · "; } .elsewhere.tiny::before, .elsewhere.small::before { content: ""; }
.elsewhere small { display: block; }
.file { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; }
.mention { background: #e8f5fa; color: var(--link); border-radius: 3px; padding: 0 3px; }
.mention.loud { background: #fdf3d0; }
.plan { border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; }
.plan-title { font-weight: 700; margin-bottom: 4px; }
.task { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 6px; font-size: 14px; padding: 2px 0; }
.mark { color: var(--quiet); text-align: center; }
.task.complete .mark { color: #007a5a; }
.task.error .mark { color: #c01343; }
.task.in_progress .mark { color: #8a5a00; }
.detail { color: var(--quiet); font-size: 13px; }
.sources { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 2px; font-size: 12px; }
.sources a { background: #f3f3f4; border-radius: 10px; padding: 1px 8px; }
.attachment { border-left: 4px solid #d0d0d0; padding: 2px 0 2px 12px; margin-top: 6px; }
.from { color: var(--quiet); font-size: 12px; overflow-wrap: anywhere; }
.alert { border: 1px solid var(--line); border-left: 4px solid #616068; border-radius: 6px; padding: 6px 12px; }
.alert.warning { border-left-color: #d9a400; } .alert.error { border-left-color: #c01343; }
.alert.success { border-left-color: #007a5a; } .alert.info { border-left-color: #1264a3; }
.card, .container { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; max-width: 480px; }
.card-head { display: flex; gap: 8px; align-items: center; } .card small, .container small { display: block; color: var(--quiet); }
.carousel { display: flex; gap: 10px; overflow-x: auto; }
.bar { display: flex; align-items: center; gap: 8px; font-size: 12px; color: var(--quiet); }
.bar span { width: 150px; text-align: right; } .bar i { background: #4a90c2; height: 10px; border-radius: 2px; }
.reactions { display: flex; gap: 4px; } .reactions span { background: #f3f3f4; border-radius: 10px; padding: 1px 8px; font-size: 12px; }
.status { color: var(--quiet); font-size: 13px; padding: 4px 20px 4px 12px; display: flex; gap: 10px; align-items: center; }
.prompts { display: flex; flex-wrap: wrap; gap: 8px; padding: 4px 20px; }
.panel > .body { padding: 14px 20px; }
.panel > footer { border-top: 1px solid var(--line); padding: 10px 20px; display: flex; gap: 8px; justify-content: flex-end; }
.panel.modal { box-shadow: 0 6px 24px #0002; }
.input { display: block; font-weight: 700; } .input > * { display: block; } .input small { font-weight: 400; color: var(--quiet); }
.box { display: inline-block; min-width: 140px; border: 1px solid #c9c9cc; border-radius: 6px; padding: 5px 10px; color: var(--quiet); font-weight: 400; font-size: 14px; }
.input .box { width: 100%; } .box.tall { min-height: 74px; }
.choices > span { display: block; font-weight: 400; }
.input .error { color: #c01343; font-weight: 400; font-size: 13px; }
svg { vertical-align: -2px; } .down svg { transform: rotate(180deg); }
.emoji { color: var(--quiet); font-size: 13px; }
.unknown { color: var(--quiet); font-style: italic; }
@media (max-width: 900px) { main.wide { grid-template-columns: minmax(0, 1fr); } }
`;
