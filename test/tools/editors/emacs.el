;; What a user does with a model file in Emacs; what is seen of it goes to shown.json.
(require 'json)

(defvar shown nil)

(defun show (name value)
  (push (cons name value) shown))

(defun wait (what ready)
  (let ((end (+ (float-time) 180)))
    (while (not (funcall ready))
      (when (> (float-time) end) (error "waited too long for %s" what))
      (accept-process-output nil 0.02))))

(defun go (wanted)
  (goto-char (point-min))
  (search-forward wanted))

;; Without a terminal no timer finds Emacs idle.
(defun type-in-line (text)
  (delete-region (line-beginning-position) (line-end-position))
  (insert text)
  (eglot--signal-textDocument/didChange))

;; A busy machine is no fault of what is tested.
(setq eglot-connect-timeout 180)
(setq jsonrpc-default-request-timeout 180)

(find-file "main.layers")
(run-hooks 'post-command-hook)
(wait "the server" #'eglot-managed-p)
(wait "diagnostics" #'flymake-diagnostics)
(show 'diagnostics
      (vconcat
       (mapcar (lambda (found)
                 (let ((start (flymake-diagnostic-beg found)))
                   `((line . ,(line-number-at-pos start))
                     (text . ,(buffer-substring-no-properties start (flymake-diagnostic-end found)))
                     (message . ,(flymake-diagnostic-text found)))))
               (flymake-diagnostics))))

(go "head: Den")
(let (hover)
  (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
  (wait "the hover" (lambda () hover))
  (show 'hover (substring-no-properties hover)))

(go "Dence(2)")
(type-in-line "  Den")
(pcase-let ((`(,start ,end ,table . ,_) (eglot-completion-at-point)))
  (show 'completions
        (vconcat (mapcar #'substring-no-properties (all-completions (buffer-substring start end) table)))))
(type-in-line "  Dense(2)")

(go "  Half")
(backward-char)
(eglot-rename "Narrow")
(show 'renamed (buffer-string))
(show 'other (with-current-buffer (find-file-noselect "blocks.layers") (buffer-string)))

(eglot-format-buffer)
(show 'formatted (buffer-string))

(goto-char (point-max))
(insert "// end\n")
(font-lock-ensure)
(show 'colours
      (vconcat
       (mapcar (lambda (wanted)
                 (go wanted)
                 (symbol-name (get-text-property (1- (point)) 'face)))
               '("import" "./blocks" "head" "Dense" "// end"))))
(write-region (json-encode shown) nil "shown.json")
(eglot-shutdown (eglot-current-server))
